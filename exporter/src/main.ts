#!/usr/bin/env node
import { EXIT_OK, runProgram } from '@evenkeel/toolkit';
import { checkConfig } from './commands/check.ts';
import { commandLine } from './commands/command-line.ts';
import { run } from './commands/run.ts';
import { readVersion } from './version.ts';

await runProgram(commandLine(readVersion()), async ({ command, values }) => {
  if (command === 'run' && !values['config.check']) return run(values, process.env);
  process.stdout.write(checkConfig(values['config.file'], process.env));
  return EXIT_OK;
});
