import type { Question } from '../../../../rule-agent/src/verification/index.ts';
import { NOISES } from './noise.ts';
import { Random } from './random.ts';

export const MINUTES_OF_A_DAY = 1_440;
export const SETTLE = 2;

/** Which signal, how rarely its rule fires, and how long is measured. */
export interface Cell {
  noise: keyof typeof NOISES;
  /** The threshold is this quantile of the signal. */
  share: number;
  window: number;
  days: number;
}

/** A firing after a past of some days, on which nobody acts. */
export interface Firing {
  /** Which series it is of: those of one are not independent. */
  series: number;
  /** From the first day of the past to the end of the window. */
  values: Float64Array;
  before: number;
  threshold: number;
  /** The standard deviation of the signal without its season: what one sigma of an effect is. */
  sigma: number;
}

/** Days in which firings are looked for, after the past. */
const DAYS_OF_FIRINGS = 6;
const MOST_OF_A_SERIES = 10;
const MOST_SERIES = 2_000;

/** So many firings of a cell, a few from each of many series: the same for the same seed. */
export function* drawFirings(
  { noise, share, window, days }: Cell,
  count: number,
  seed = 1,
): Generator<Firing, void> {
  let drawn = 0;
  for (let series = 0; series < MOST_SERIES && drawn < count; series++) {
    const random = new Random(seed * 10_007 + series);
    const values = NOISES[noise]!(random, (days + DAYS_OF_FIRINGS) * MINUTES_OF_A_DAY);
    const past = days * MINUTES_OF_A_DAY;
    const sorted = values.slice(0, past).sort();
    const threshold = sorted[Math.floor(share * past)]!;
    const sigma = deviation(values);
    const reach = SETTLE + window;
    let free = past;
    let ofSeries = 0;
    for (const at of crossings(values, threshold)) {
      if (at < free || at + reach >= values.length) continue;
      if (drawn >= count || ofSeries >= MOST_OF_A_SERIES) break;
      drawn += 1;
      ofSeries += 1;
      free = at + reach;
      const from = at + 1 - past;
      yield { series, values: values.slice(from, at + 1 + reach), before: past - 1, threshold, sigma };
    }
  }
}

/** The points at which a signal passes a threshold upwards. */
export function crossings(values: Float64Array, threshold: number): number[] {
  const found: number[] = [];
  for (let at = 1; at < values.length; at++) {
    if (values[at]! > threshold && !(values[at - 1]! > threshold)) found.push(at);
  }
  return found;
}

/** The firing as a question, `effect` better in its window than it was. */
export function questionOf({ values, before, threshold }: Firing, window: number, effect = 0): Question {
  const seen = values.map((value, at) => (at > before ? value - effect : value));
  return {
    signal: { firstMs: 0, pointMs: 60_000, values: seen },
    ...{
      before,
      settlePoints: SETTLE,
      windowPoints: window,
      direction: 'lower',
      touched: [],
      hasThreshold: true,
    },
    firings: (lowered = threshold) => crossings(values.subarray(0, before + 1), lowered),
  };
}

/** Around the mean of the same minute on all days. */
function deviation(values: Float64Array): number {
  const days = values.length / MINUTES_OF_A_DAY;
  let squares = 0;
  for (let minute = 0; minute < MINUTES_OF_A_DAY; minute++) {
    let [sum, sumOfSquares] = [0, 0];
    for (let at = minute; at < values.length; at += MINUTES_OF_A_DAY) {
      sum += values[at]!;
      sumOfSquares += values[at]! ** 2;
    }
    squares += sumOfSquares - sum ** 2 / days;
  }
  return Math.sqrt(squares / ((days - 1) * MINUTES_OF_A_DAY));
}
