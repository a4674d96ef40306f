import { type Field } from '@grafana/data';

/** Times and values of a field, in ascending time, with null for what is no finite number. */
export interface Samples {
  timesMs: readonly number[];
  values: ReadonlyArray<number | null>;
  /** The row of the newest sample. */
  rowIndex: number;
}

/** Rows without a time are left out; a frame without a time column has happened at `atMs`. */
export function readSamples(values: readonly unknown[], times: readonly unknown[] | undefined, atMs: number): Samples {
  if (times === undefined) {
    const last = values.length - 1;
    return last < 0 ? NONE : { timesMs: [atMs], values: [toNumber(values[last])], rowIndex: last };
  }
  return isClean(values, times) ? asItIs(values as number[], times as number[]) : cleaned(values, times);
}

const NONE: Samples = { timesMs: [], values: [], rowIndex: -1 };

/** A number, or null for what is none: NaN, the infinities, texts, nothing. */
export function toNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The last time that there is for a Date. */
export const LAST_TIME_MS = 8.64e15;

/** Milliseconds of a time column's value: epoch milliseconds, or a date as text. */
export function toTimeMs(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return Math.abs(value) <= LAST_TIME_MS ? value : undefined;
  }
  const parsed = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** The first column of times: by type, else by name. */
export function timeFieldOf(fields: readonly Field[]): Field | undefined {
  return fields.find(({ type }) => type === 'time') ?? fields.find(({ name }) => /^time$/i.test(name));
}

function isClean(values: readonly unknown[], times: readonly unknown[]): boolean {
  let before = -Infinity;
  for (let row = 0; row < values.length; row++) {
    const time = times[row];
    const value = values[row];
    if (typeof time !== 'number' || !(time >= before) || (value !== null && !Number.isFinite(value))) {
      return false;
    }
    before = time;
  }
  return values.length === times.length;
}

function asItIs(values: ReadonlyArray<number | null>, timesMs: readonly number[]): Samples {
  return { timesMs, values, rowIndex: values.length - 1 };
}

function cleaned(values: readonly unknown[], times: readonly unknown[]): Samples {
  const rows = values
    .map((value, rowIndex) => ({ timeMs: toTimeMs(times[rowIndex]), value: toNumber(value), rowIndex }))
    .filter((row): row is Row => row.timeMs !== undefined)
    .sort((a, b) => a.timeMs - b.timeMs);
  return {
    timesMs: rows.map(({ timeMs }) => timeMs),
    values: rows.map(({ value }) => value),
    rowIndex: rows.at(-1)?.rowIndex ?? -1,
  };
}

interface Row {
  timeMs: number;
  value: number | null;
  rowIndex: number;
}
