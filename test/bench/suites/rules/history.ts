import { closeSync, openSync, writeSync } from 'node:fs';
import type { Signal } from '@evenkeel/signals';
import { seeded } from '../baselines/random.ts';
import { labelText, type Simulated } from './population.ts';

const DAY_SECONDS = 86_400;
const POINT_SECONDS = 60;
const REFERENCES = ['day', 'daily', 'weekly', 'before'];
const NAME = 'evenkeel:reference:deviation';

/** Writes a full day of what the baselines look back to, once a minute for each target and reference, as OpenMetrics. */
export function writeHistory(
  file: string,
  signals: readonly Signal[],
  population: readonly Simulated[],
): number {
  const endSeconds = Math.floor(Date.now() / 1000 / POINT_SECONDS) * POINT_SECONDS;
  const random = seeded(1);
  const output = openSync(file, 'w');
  writeSync(output, `# TYPE ${NAME} gauge\n`);
  const series = signals.flatMap((signal) =>
    targetsOf(signal, population).map((target) => ({ signal, target })),
  );
  for (const { signal, target } of series) {
    const { name, domain, unit } = signal;
    for (const reference of REFERENCES) {
      const labels = labelText({ signal: name, domain, unit, ...target, reference });
      const lines: string[] = [];
      for (let age = DAY_SECONDS; age > 0; age -= POINT_SECONDS)
        lines.push(`${NAME}{${labels}} ${random().toFixed(6)} ${endSeconds - age}`);
      writeSync(output, `${lines.join('\n')}\n`);
    }
  }
  writeSync(output, '# EOF\n');
  closeSync(output);
  return series.length;
}

/** The distinct targets of a signal: those of the series that carry its labels. */
function targetsOf({ by, domain }: Signal, population: readonly Simulated[]): Record<string, string>[] {
  const prefix = { system: /^(system|v8js)_/, api: /^(http|probe)_/, inventory: /^inventory_/ }[domain];
  const targets = new Map<string, Record<string, string>>();
  for (const { name, labels } of population) {
    if (prefix?.test(name) !== true || !by.every((label) => label in labels)) continue;
    const target = Object.fromEntries(by.map((label) => [label, labels[label]!]));
    targets.set(JSON.stringify(target), target);
  }
  return [...targets.values()];
}
