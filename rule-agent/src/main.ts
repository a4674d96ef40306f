#!/usr/bin/env node
import { EXIT_OK, readPackageVersion, readWebConfig, runProgram } from '@evenkeel/toolkit';
import { check } from './commands/check.ts';
import { agentCommandLine } from './commands/command-line.ts';
import { run } from './commands/run.ts';

const version = readPackageVersion(new URL('../', import.meta.url));

await runProgram(agentCommandLine(version), async ({ command, values }) => {
  if (command === 'run' && !values['config.check']) return run({ flags: values, env: process.env, version });
  if (values['web.config.file'] !== undefined) readWebConfig(values['web.config.file']);
  process.stdout.write(check(values['config.file'], process.env));
  return EXIT_OK;
});
