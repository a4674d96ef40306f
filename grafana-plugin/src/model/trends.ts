import { DEVIATES_AT } from '@evenkeel/signals';
import { METRIC, type Series, type SeriesSet } from '../frames';
import { type Band, bandOf, type Baseline, baselineBook, type BaselineBook } from './band';
import { type Forecast, forecastOf } from './forecast';
import { type Direction, signalBook, type SignalBook } from './signals';
import { isBeyond, passed, type Threshold, thresholdBook, type ThresholdBook } from './thresholds';

/** How a signal stands now, the worst first. */
export const TREND_STATES = ['critical', 'warning', 'deviates', 'missing', 'learning', 'normal'] as const;
export type TrendState = (typeof TREND_STATES)[number];

/** One signal of one target over time. */
export interface Trend {
  key: string;
  signal: string;
  title: string;
  /** The labels that tell it from other targets: `warehouse`, or `site-a, eu`. */
  target: string;
  state: TrendState;
  /** The newest value; undefined when the series has ended. */
  value: number | undefined;
  series: Series;
  baseline: Baseline | undefined;
  /** Of what is drawn: see `withBand`. */
  band: Band | undefined;
  zscore: number | undefined;
  thresholds: readonly Threshold[];
  /** Of what is drawn: see `withForecast`. */
  forecast: Forecast | undefined;
  /** The threshold that the forecast passes, and when. */
  heading: { threshold: Threshold; atMs: number } | undefined;
}

const BY_NAME = new Intl.Collator(undefined, { numeric: true });

interface Books {
  signals: SignalBook;
  baselines: BaselineBook;
  thresholds: ThresholdBook;
}

/** Every signal of every target, worst first. Bands and forecasts take work: only what is drawn gets them. */
export function readTrends(set: SeriesSet): Trend[] {
  const books = { signals: signalBook(set), baselines: baselineBook(set), thresholds: thresholdBook(set) };
  const order = new Map(TREND_STATES.map((state, index) => [state, index]));
  return valuesOf(set)
    .map((series) => readTrend(set, series, books))
    .map((trend) => ({ trend, rank: order.get(trend.state)! }))
    .sort(
      (a, b) => a.rank - b.rank || BY_NAME.compare(a.trend.title, b.trend.title) || compareTargets(a.trend, b.trend)
    )
    .map(({ trend }) => trend);
}

/** The raw signal, or what smooths it where nobody asked for the raw one. */
function valuesOf(set: SeriesSet): readonly Series[] {
  const values = set.of(METRIC.signalValue);
  return values.length > 0 ? values : set.of(METRIC.signalLevel);
}

function readTrend(set: SeriesSet, series: Series, books: Books): Trend {
  const { signal = '', domain: _domain, unit: _unit, ...target } = series.labels;
  const value = set.current(series)?.value;
  const baseline = books.baselines(series);
  const thresholds = books.thresholds(signal);
  const { title, direction } = books.signals(signal);
  const zscore = baseline?.zscore;
  const state = stateOf({ value, thresholds, learning: baseline?.learning, badness: badnessOf(zscore, direction) });
  return {
    key: series.key,
    ...{ signal, title, target: Object.values(target).join(', '), state, value, series },
    ...{ baseline, band: undefined, zscore, thresholds, forecast: undefined, heading: undefined },
  };
}

/** The same trend with the range in which it is called normal, sample by sample. */
export function withBand(trend: Trend): Trend {
  const { series, baseline } = trend;
  return { ...trend, band: baseline && bandOf(series, baseline) };
}

/** The same trend with its forecast. */
export function withForecast(trend: Trend): Trend {
  const forecast = trend.value === undefined ? undefined : forecastOf(trend.series);
  return { ...trend, forecast, heading: forecast && headingOf(trend, forecast) };
}

/** The first threshold that is not passed yet and that the line of the forecast passes. */
function headingOf({ value, thresholds }: Trend, { timesMs, center }: Forecast): Trend['heading'] {
  const threshold = thresholds.find((each) => value !== undefined && !isBeyond(value, each));
  const index = threshold === undefined ? -1 : center.findIndex((each) => isBeyond(each, threshold));
  return threshold === undefined || index === -1 ? undefined : { threshold, atMs: timesMs[index]! };
}

interface Standing {
  value: number | undefined;
  thresholds: readonly Threshold[];
  learning: boolean | undefined;
  badness: number | undefined;
}

function stateOf({ value, thresholds, learning, badness }: Standing): TrendState {
  if (value === undefined) {
    return 'missing';
  }
  const beyond = passed(value, thresholds);
  if (beyond !== undefined) {
    return beyond.severity;
  }
  if (learning === true) {
    return 'learning';
  }
  return badness !== undefined && badness > DEVIATES_AT ? 'deviates' : 'normal';
}

/** z on the side that is bad; of a signal whose direction is not known, both sides. */
function badnessOf(zscore: number | undefined, direction: Direction | undefined): number | undefined {
  if (zscore === undefined) {
    return undefined;
  }
  if (direction === 'lower') {
    return zscore;
  }
  return direction === 'higher' ? -zscore : Math.abs(zscore);
}

function compareTargets(a: Trend, b: Trend): number {
  return BY_NAME.compare(a.target, b.target);
}
