/** Which way is better: less of it, more of it, or staying between two values. */
export type Direction = 'lower' | 'higher' | 'band';

export type Severity = 'warning' | 'critical';

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
  /** PromQL; `$window` and `$business_window` stand for the ranges of a timing. */
  promql: string;
  /** Static thresholds; beyond `warn` an alert is a warning, beyond `page` it is critical. */
  warn?: number | undefined;
  page?: number | undefined;
  /** The smallest scale of its baseline, in its own unit: changes below it interest nobody. */
  floor?: number | undefined;
  /** How it counts in the score of its domain; a signal without this is watched but not scored. */
  score?: SignalScore | undefined;
}

export interface SignalScore {
  /** The value that scores 0.90. */
  good: number;
  /** The value that scores 0.50. */
  poor: number;
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
  /** How long a threshold must be passed before its alert fires. */
  for: string;
  keepFiringFor: string;
  /** How far back a signal's baseline looks. */
  baseline: string;
}

/** Name of the recorded series of every signal. */
export const SIGNAL_VALUE = 'evenkeel:signal:value';

/** Name of the series that smooths every signal over the window of its timing. */
export const SIGNAL_LEVEL = 'evenkeel:signal:level';

/** The PromQL of one signal's recorded series. */
export function signalSelector(name: string): string {
  return `${SIGNAL_VALUE}{signal="${name}"}`;
}
