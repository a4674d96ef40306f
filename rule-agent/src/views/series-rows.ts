import type { Judgement } from '../model/judgement.ts';
import type { SignalHistory } from '../verification/index.ts';
import { toTime } from './shapes.ts';

/** When an action was sent, and the window over which its effect is measured. */
export interface SeriesTimes {
  sentMs: number;
  fromMs: number;
  toMs: number;
}

export interface SeriesOf {
  episode: string;
  signal: SignalHistory;
  times: SeriesTimes;
}

/** What the signal did between two times, and within the window what it was to do without the action. */
export function toSeriesRows(
  { episode, signal, times }: SeriesOf,
  shown: { fromMs: number; toMs: number },
  expected: ExpectedLevel | undefined,
) {
  const rows = [];
  for (const [index, value] of signal.values.entries()) {
    const atMs = signal.firstMs + index * signal.pointMs;
    if (atMs < shown.fromMs || atMs > shown.toMs) continue;
    const isMeasured = atMs > times.fromMs && atMs <= times.toMs;
    rows.push({
      ...{ episode, at: toTime(atMs)!, observed: Number.isFinite(value) ? value : null },
      ...((isMeasured ? expected : undefined) ?? NOT_EXPECTED),
    });
  }
  return rows;
}

export interface ExpectedLevel {
  counterfactual: number;
  counterfactual_low: number | null;
  counterfactual_high: number | null;
}

const NOT_EXPECTED = { counterfactual: null, counterfactual_low: null, counterfactual_high: null };

/** The counterfactual of a verdict with its 90 % interval, from the figures that the verdict keeps: it is a mean over the window. */
export function expectedLevel(
  judgement: Judgement | undefined,
  direction: 'lower' | 'higher',
): ExpectedLevel | undefined {
  const { observed, counterfactual, low, high } = judgement ?? {};
  if (observed === undefined || counterfactual === undefined) return undefined;
  const sign = direction === 'lower' ? 1 : -1;
  const [least, most] = direction === 'lower' ? [low, high] : [high, low];
  const end = (effect: number | undefined) => (effect === undefined ? null : observed + sign * effect);
  return { counterfactual, counterfactual_low: end(least), counterfactual_high: end(most) };
}

/**
 * What followed comparable moments, put where this episode began: each as far from the value that the episode had when the action was
 * sent as it was from its own.
 */
export function toMomentRows({ episode, signal, times }: SeriesOf, moments: readonly number[]) {
  const { firstMs, pointMs } = signal;
  const pointOf = (atMs: number) => Math.floor((atMs - firstMs) / pointMs);
  const before = pointOf(times.sentMs);
  const points = pointOf(times.toMs) - before;
  const start = valueUntil(signal, before);
  if (start === undefined) return [];
  return moments.flatMap((momentMs) => {
    const at = pointOf(momentMs);
    const own = valueUntil(signal, at);
    if (own === undefined) return [];
    return Array.from({ length: points + 1 }, (_, point) => ({
      ...{ episode, moment: toTime(momentMs)!, at: toTime(firstMs + (before + point) * pointMs)! },
      value: start + (signal.values[at + point]! - own),
    })).filter(({ value }) => Number.isFinite(value));
  });
}

/** A value may be a scrape or two late. */
const LATE_POINTS = 2;

function valueUntil({ values }: SignalHistory, point: number): number | undefined {
  for (let at = point; at >= Math.max(0, point - LATE_POINTS); at--) {
    if (Number.isFinite(values[at])) return values[at];
  }
  return undefined;
}
