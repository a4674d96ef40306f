import { METRIC, type SeriesSet } from '../frames';
import { type Direction } from './signals';

export type ThresholdSeverity = 'warning' | 'critical';

export interface Threshold {
  severity: ThresholdSeverity;
  value: number;
  /** Which side of the value is bad. */
  bad: 'above' | 'below';
}

export type ThresholdBook = (signal: string) => readonly Threshold[];

/** The alert thresholds of every signal, the milder first. */
export function thresholdBook(set: SeriesSet): ThresholdBook {
  const book = new Map<string | undefined, Threshold[]>();
  for (const series of set.of(METRIC.signalThreshold)) {
    const { signal, severity, direction } = series.labels;
    const value = set.current(series)?.value;
    if (value !== undefined && (severity === 'warning' || severity === 'critical')) {
      const threshold: Threshold = { severity, value, bad: badSide(direction as Direction | undefined) };
      book.set(signal, [...(book.get(signal) ?? []), threshold].sort(mildFirst));
    }
  }
  return (signal) => book.get(signal) ?? [];
}

/** The severest threshold that a value is beyond. */
export function passed(value: number | undefined, thresholds: readonly Threshold[]): Threshold | undefined {
  return value === undefined ? undefined : [...thresholds].reverse().find((threshold) => isBeyond(value, threshold));
}

export function isBeyond(value: number, { value: limit, bad }: Threshold): boolean {
  return bad === 'above' ? value > limit : value < limit;
}

function badSide(direction: Direction | undefined): Threshold['bad'] {
  return direction === 'higher' ? 'below' : 'above';
}

function mildFirst(a: Threshold, b: Threshold): number {
  return Number(a.severity === 'critical') - Number(b.severity === 'critical');
}
