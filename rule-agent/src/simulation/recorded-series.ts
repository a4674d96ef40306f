import type { Labels } from '../model/target.ts';

/** What was recorded at a time: a value, or Prometheus' mark that the series has ended. */
export interface RecordedSample {
  atMs: number;
  value: number | 'stale';
}

/** One series, its samples in the order of their times. */
export interface RecordedSeries {
  labels: Labels;
  samples: readonly RecordedSample[];
}

/**
 * For how long Prometheus repeats the last value of a series that says nothing. A sample that is exactly as old counts in
 * Prometheus 2 and not in 3; here it does not.
 */
const LOOKBACK_MS = 300_000;

/** What an instant query finds of a series: its last sample, unless the series has ended or the sample is too old. */
export function sampleAt(
  { samples }: RecordedSeries,
  atMs: number,
): { value: number; atMs: number } | undefined {
  const last = samples[countUntil(samples, atMs) - 1];
  if (last === undefined || last.value === 'stale' || atMs - last.atMs >= LOOKBACK_MS) return undefined;
  return { value: last.value, atMs: last.atMs };
}

/** How many of the samples are not later than this. */
function countUntil(samples: readonly RecordedSample[], ms: number): number {
  let [low, high] = [0, samples.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (samples[middle]!.atMs <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
