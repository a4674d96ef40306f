import type { Measurement } from './measurement.ts';

/** One JSON object a line. */
export function renderJson(measurements: readonly Measurement[]): string {
  return measurements.map((measurement) => `${JSON.stringify(measurement)}\n`).join('');
}

/** A table for people. */
export function renderTable(measurements: readonly Measurement[]): string {
  const header = ['suite', 'name', 'value', 'goal', 'ok', 'measured against'];
  const rows = measurements.map(({ suite, name, value, unit, goal, ok, of }) => [
    suite,
    name,
    unit === 'ratio' ? String(value) : `${value} ${unit}`,
    goal === null ? '' : `<= ${goal}`,
    goal === null ? '' : ok ? 'yes' : 'NO',
    of,
  ]);
  const table = [header, ...rows];
  const widths = header.map((_title, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
