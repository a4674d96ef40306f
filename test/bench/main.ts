import { join } from 'node:path';
import { EvenkeelError, renderError } from '@evenkeel/toolkit';
import { readCommand } from './command.ts';
import { renderJson, renderTable } from './output.ts';
import { SUITES } from './suites/index.ts';

// As npm start runs the daemons: what Node makes of TypeScript is kept.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../../.cache/compiled');

async function main(): Promise<void> {
  const { suites, asJson } = readCommand(process.argv.slice(2), SUITES);
  const measurements = [];
  for (const suite of suites) measurements.push(...(await suite.run()));
  process.stdout.write(asJson ? renderJson(measurements) : renderTable(measurements));
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${renderError(error)}\n`);
  process.exitCode = error instanceof EvenkeelError && error.code === 'COMMAND_LINE_INVALID' ? 2 : 1;
}
