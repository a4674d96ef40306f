import { DEVIATES_AT } from '@evenkeel/signals';
import { METRIC, type Metric, type Series, type SeriesSet } from '../frames';

/** The range in which a signal is called normal, sample by sample; null where it is not known. */
export interface Band {
  low: Array<number | null>;
  high: Array<number | null>;
}

export interface Baseline {
  center: Series;
  scale: Series;
  /** Too little history yet: nothing is alerted on. */
  learning: boolean;
  /** How many scales the newest sample is above the centre. */
  zscore: number | undefined;
}

export type BaselineBook = (series: Series) => Baseline | undefined;

/** Baselines of all signals, found by the labels of a signal's series. */
export function baselineBook(set: SeriesSet): BaselineBook {
  const find = finder(set);
  return (series) => {
    const center = find(METRIC.baselineCenter, series);
    const scale = find(METRIC.baselineScale, series);
    if (center === undefined || scale === undefined) {
      return undefined;
    }
    const ready = find(METRIC.baselineReady, series);
    const learning = ready !== undefined && set.current(ready)?.value === 0;
    return { center, scale, learning, zscore: zscoreOf(set, { series, center, scale }) };
  };
}

/** The band at the times of the signal's samples. What has never been negative is not expected to be: it ends at zero. */
export function bandOf({ timesMs, values }: Series, { center, scale }: Omit<Baseline, 'learning' | 'zscore'>): Band {
  const [centers, scales] = [aligned(center, timesMs), aligned(scale, timesMs)];
  const floor = isNegative(values) ? -Infinity : 0;
  const low = new Array<number | null>(timesMs.length);
  const high = new Array<number | null>(timesMs.length);
  for (let index = 0; index < timesMs.length; index++) {
    const middle = centers[index] ?? null;
    const unit = scales[index] ?? null;
    const isKnown = middle !== null && unit !== null;
    low[index] = isKnown ? Math.max(floor, middle - DEVIATES_AT * unit) : null;
    high[index] = isKnown ? Math.max(floor, middle + DEVIATES_AT * unit) : null;
  }
  return { low, high };
}

/** Values of a series at the times of another. */
export function aligned({ timesMs, values }: Series, toMs: readonly number[]): ReadonlyArray<number | null> {
  if (timesMs === toMs || sameTimes(timesMs, toMs)) {
    return values;
  }
  const byTime = new Map(timesMs.map((timeMs, index) => [timeMs, values[index]!]));
  return toMs.map((timeMs) => byTime.get(timeMs) ?? null);
}

function finder(set: SeriesSet) {
  const books = new Map<Metric, Map<string, Series>>();
  return (metric: Metric, series: Series) => {
    const book = books.get(metric) ?? new Map(set.of(metric).map((each) => [targetKey(each), each]));
    books.set(metric, book);
    return book.get(targetKey(series));
  };
}

/** Domain and unit are of the signal, not of the target. */
function targetKey({ labels }: Series): string {
  return Object.keys(labels)
    .filter((name) => name !== 'domain' && name !== 'unit')
    .sort()
    .map((name) => `${name}=${labels[name]}`)
    .join('\n');
}

function zscoreOf(set: SeriesSet, { series, center, scale }: Record<'series' | 'center' | 'scale', Series>) {
  const [value, middle, unit] = [series, center, scale].map((each) => set.current(each)?.value);
  return value === undefined || middle === undefined || unit === undefined || unit <= 0
    ? undefined
    : (value - middle) / unit;
}

/** Whether any value is below zero. Of thirty thousand samples a loop takes a third of what a closure for each does. */
function isNegative(values: ReadonlyArray<number | null>): boolean {
  for (const value of values) {
    if (value !== null && value < 0) {
      return true;
    }
  }
  return false;
}

function sameTimes(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) {
    return false;
  }
  for (let index = 0; index < a.length; index++) {
    if (a[index] !== b[index]) {
      return false;
    }
  }
  return true;
}
