#!/usr/bin/env node
import { EXIT_OK, readPackageVersion, readWebConfig, runProgram } from '@evenkeel/toolkit';
import { check } from './commands/check.ts';
import { agentCommandLine } from './commands/command-line.ts';
import { run } from './commands/run.ts';
import { token } from './commands/token.ts';

const version = readPackageVersion(new URL('../', import.meta.url));

await runProgram(agentCommandLine(version), async ({ command, operands, values }) => {
  if (command === 'run' && !values['config.check']) return run({ flags: values, env: process.env, version });
  if (command === 'token') {
    process.stdout.write(await token({ flags: values, operands, env: process.env }));
    return EXIT_OK;
  }
  if (values['web.config.file'] !== undefined) readWebConfig(values['web.config.file']);
  process.stdout.write(check(values['config.file'], process.env));
  return EXIT_OK;
});
