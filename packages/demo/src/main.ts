import { exitWith } from '@evenkeel/toolkit';
import { runCommand } from './commands/index.ts';

await exitWith(() =>
  runCommand({
    argv: process.argv.slice(2),
    env: process.env,
    print: (text) => process.stdout.write(text),
  }),
);
