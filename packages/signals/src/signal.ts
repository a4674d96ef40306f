import type { Confidence } from './wilson.ts';

/** Which way is better: less of it, more of it, or staying between two values. */
export type Direction = 'lower' | 'higher' | 'band';

export type Severity = 'info' | 'warning' | 'critical';

/** Two values, the lower first. */
export type Range = readonly [number, number];

/** A limit of a signal: one value, or for a band the lowest and the highest that are still fine. */
export type Limit = number | Range;

export function isRange(limit: Limit): limit is Range {
  return typeof limit !== 'number';
}

/** A named quantity of the operation, as provisioning/signals.yml describes it. */
export interface Signal {
  /** snake_case; the label `signal` of its series. */
  name: string;
  title: string;
  /** What it says, in one sentence. */
  description: string;
  domain: string;
  /** Base unit, as Grafana and UCUM know it: `ratio`, `seconds`, `requests_per_second`. */
  unit: string;
  direction: Direction;
  /** The labels that tell one series of the signal from another. */
  by: readonly string[];
  /** PromQL; `$window`, `$business_window` and `$long_window` stand for the ranges of a timing. A signal has this or `ratio`. */
  promql?: string | undefined;
  /** A share of a sample: its thresholds are compared with what the sample proves. */
  ratio?: SignalRatio | undefined;
  /** It may be missing while all is well, such as response times without requests. */
  sparse?: boolean | undefined;
  /** Static thresholds; an alert beyond `info` is for information, beyond `warn` a warning, beyond `page` critical. */
  info?: Limit | undefined;
  warn?: Limit | undefined;
  page?: Limit | undefined;
  /** A limit that it must not be on its way to. */
  predict?: Prediction | undefined;
  /** The smallest scale of its baseline, in its own unit: changes below it interest nobody. */
  floor?: number | undefined;
  /** How it counts in the score of its domain; a signal without this is watched but not scored. */
  score?: SignalScore | undefined;
}

/** A share: how many of a sample, in PromQL with the same labels. */
export interface SignalRatio {
  part: string;
  whole: string;
  /** How many draws the sample consists of, where the whole counts something else, such as units of an order line. */
  samples?: string | undefined;
  /** One-sided confidence at which a threshold must be passed. */
  confidence: Confidence;
}

/** A limit and the alert that fires when the signal's trend leads to it. */
export interface Prediction {
  /** The alert's name without its prefix, in CamelCase. */
  alert: string;
  severity: Severity;
  /** A value, or the name of another signal that is recorded by the same labels. */
  limit: number | string;
  /** Whether the limit is bad from below (`above`) or from above (`below`). */
  side: 'above' | 'below';
  /** Nothing is predicted while the signal is on the safe side of this value: far away, a trend means little. */
  from?: number | undefined;
}

export interface SignalScore {
  /** The value that scores 0.90; for a band, the lowest and the highest that do. */
  good: Limit;
  /** The value that scores 0.50; for a band, the lowest and the highest that do. */
  poor: Limit;
  weight: number;
  /** The domain is never better than its worst critical signal allows. */
  critical?: boolean | undefined;
}

/** How fast a deployment is watched. Durations as Prometheus writes them. */
export interface Timing {
  /** Scrape and evaluation interval. */
  interval: string;
  /** Range of rates over requests and machines. */
  window: string;
  /** Range of rates over orders and stock. */
  businessWindow: string;
  /** Range of what is rare: deliveries, returns, ratings, enhancements. */
  longWindow: string;
  /** How long a threshold must be passed before its alert fires. */
  for: string;
  keepFiringFor: string;
  /** How far back a signal's baseline looks. */
  baseline: string;
  /** Over which range a trend is taken, and how far it is drawn on. */
  trend: string;
  horizon: string;
  /** How often baselines are evaluated; the interval where it is not given. */
  baselineInterval?: string | undefined;
  /** How often their widths are; less than Prometheus' lookback of 5m, the baseline interval where it is not given. */
  spreadInterval?: string | undefined;
}

/** Name of the recorded series of every signal. */
export const SIGNAL_VALUE = 'evenkeel:signal:value';

/** Name of the constant series that says which signals there are, also of those without data. */
export const SIGNAL_INFO = 'evenkeel:signal:info';

/** Name of the series that smooths every signal over the window of its timing. */
export const SIGNAL_LEVEL = 'evenkeel:signal:level';

/** Name of the series with the size of the sample that a ratio rests on. */
export const SIGNAL_SAMPLES = 'evenkeel:signal:samples';

/** Name of the series between which a ratio lies with the confidence it asks for; label `bound` is `low` or `high`. */
export const SIGNAL_BOUND = 'evenkeel:signal:bound';

/** The PromQL of one signal's recorded series. */
export function signalSelector(name: string): string {
  return `${SIGNAL_VALUE}{signal="${name}"}`;
}

/** How many scales a signal's level is away from its centre. */
export const BASELINE_ZSCORE = 'evenkeel:baseline:zscore';

/** 1 when a signal has history enough to say what is normal, 0 while it is learning. */
export const BASELINE_READY = 'evenkeel:baseline:ready';

/** What makes it ready: of so many seconds so many points of the deviation from the day. One series each, for all signals. */
export const BASELINE_RANGE_SECONDS = 'evenkeel:baseline:range_seconds';
export const BASELINE_POINTS_NEEDED = 'evenkeel:baseline:points_needed';

/** The level of every signal against each of its references. */
export const REFERENCE_DEVIATION = 'evenkeel:reference:deviation';
