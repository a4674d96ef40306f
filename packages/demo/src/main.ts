import { EvenkeelError, renderError } from '@evenkeel/toolkit';
import { runCommand } from './commands/index.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

try {
  process.exitCode = await runCommand({
    argv: process.argv.slice(2),
    env: process.env,
    print: (text) => process.stdout.write(text),
  });
} catch (error) {
  process.stderr.write(`${renderError(error)}\n`);
  const usage = error instanceof EvenkeelError && error.code === 'COMMAND_LINE_INVALID';
  process.exitCode = usage ? EXIT_USAGE : EXIT_FAILED;
}
