#!/usr/bin/env node
import { EvenkeelError, parseCommandLine, renderError } from '@evenkeel/toolkit';
import { checkConfig } from './commands/check.ts';
import { commandLine } from './commands/command-line.ts';
import { run } from './commands/run.ts';
import { readVersion } from './version.ts';

const USAGE_CODES: readonly string[] = [
  'COMMAND_LINE_INVALID',
  'CONFIG_INVALID',
  'CONFIG_UNREADABLE',
  'LISTEN_ADDRESS_INVALID',
];

async function main(): Promise<number> {
  const parsed = parseCommandLine(commandLine(readVersion()), process.argv.slice(2), process.env);
  if (parsed.kind === 'print') {
    process.stdout.write(parsed.text);
    return 0;
  }
  const { command, values } = parsed.invocation;
  if (command === 'check' || values['config.check']) {
    process.stdout.write(checkConfig(values['config.file'], process.env));
    return 0;
  }
  return run(values, process.env);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${renderError(error)}\n`);
  process.exitCode = error instanceof EvenkeelError && USAGE_CODES.includes(error.code) ? 2 : 1;
}
