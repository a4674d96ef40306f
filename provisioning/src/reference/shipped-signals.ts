import type { SignalsFile } from '../signals-file.ts';

/** The names of all signals as a module of packages/signals: the agent knows them by it, and does not need the file. */
export function shippedSignals({ signals }: SignalsFile): string {
  const names = signals.map(({ name }) => `  '${name}',\n`).join('');
  return [
    '// Made from provisioning/signals.yml by `npm run generate`; not to be edited.',
    '',
    '/** The names of the signals that Evenkeel ships, in the order of provisioning/signals.yml. */',
    `export const SHIPPED_SIGNALS: readonly string[] = [\n${names}];`,
    '',
  ].join('\n');
}
