#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { EvenkeelError, parseCommandLine, renderError } from '@evenkeel/toolkit';
import { check } from './commands/check.ts';
import { agentCommandLine } from './commands/command-line.ts';
import { run } from './commands/run.ts';

const USAGE_CODES: readonly string[] = [
  'COMMAND_LINE_INVALID',
  'CONFIG_INVALID',
  'CONFIG_UNREADABLE',
  'LISTEN_ADDRESS_INVALID',
  'RULES_INVALID',
];

async function main(): Promise<number> {
  const version = readVersion();
  const parsed = parseCommandLine(agentCommandLine(version), process.argv.slice(2), process.env);
  if (parsed.kind === 'print') {
    process.stdout.write(parsed.text);
    return 0;
  }
  const { command, values } = parsed.invocation;
  if (command === 'check' || values['config.check']) {
    process.stdout.write(check(values['config.file'], process.env));
    return 0;
  }
  return run({ flags: values, env: process.env, version });
}

function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${renderError(error)}\n`);
  process.exitCode = error instanceof EvenkeelError && USAGE_CODES.includes(error.code) ? 2 : 1;
}
