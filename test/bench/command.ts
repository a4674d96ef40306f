import { parseArgs } from 'node:util';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import type { Suite } from './measurement.ts';

export interface BenchCommand {
  suites: readonly Suite[];
  asJson: boolean;
}

/**
 * Reads `[suite ...] [--json]`; without a suite, all run.
 *
 * @throws EvenkeelError COMMAND_LINE_INVALID naming the suites there are
 */
export function readCommand(argv: readonly string[], suites: readonly Suite[]): BenchCommand {
  const hint = `the suites are: ${suites.map(({ name, about }) => `${name} (${about})`).join(', ')}`;
  const { values, positionals } = parse(argv, hint);
  const chosen = positionals.map((name) => {
    const suite = suites.find((one) => one.name === name);
    if (suite === undefined)
      throw new EvenkeelError('COMMAND_LINE_INVALID', `there is no suite ${name}`, { hint });
    return suite;
  });
  return { suites: chosen.length === 0 ? suites : chosen, asJson: values.json === true };
}

function parse(argv: readonly string[], hint: string) {
  try {
    return parseArgs({ args: [...argv], options: { json: { type: 'boolean' } }, allowPositionals: true });
  } catch (cause) {
    throw new EvenkeelError('COMMAND_LINE_INVALID', messageOf(cause), { cause, hint });
  }
}
