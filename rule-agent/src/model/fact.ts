import type { LabelIndex } from './label-index.ts';
import type { Target } from './target.ts';

export const FACT_STATUSES = ['ok', 'missing', 'stale', 'error'] as const;
export type FactStatus = (typeof FACT_STATUSES)[number];

/** A value that may be compared: finite, recent, exactly one for its target. */
export interface KnownFact {
  status: 'ok';
  value: number;
  /** When the value was measured, in epoch milliseconds. */
  sampledAtMs: number;
}

/** No value: never compared, never a zero. `because` says why, in words that stay the same while the cause does. */
export interface UnknownFact {
  status: 'missing' | 'stale' | 'error';
  because: string;
  sampledAtMs?: number;
}

export type Fact = KnownFact | UnknownFact;

/** All facts of one rule for one target. */
export interface TargetFacts {
  rule: string;
  target: Target;
  targetKey: string;
  facts: Readonly<Record<string, Fact>>;
}

/** What one cycle knows. */
export interface Facts {
  readAtMs: number;
  /** The endpoint that all of it comes from. */
  readFrom?: string;
  targets: readonly TargetFacts[];
  /** The recorded signals themselves, for observations beside the rules' facts. */
  signals: SignalBook;
}

/** One recorded value of a signal. A text such as `NaN` stands for what is no usable number. */
export interface SignalSample {
  labels: Readonly<Record<string, string>>;
  value: number | string;
  sampledAtMs: number;
}

export type SamplesBySignal = ReadonlyMap<string, LabelIndex<SignalSample>>;

/** All recorded signals at one moment, or why they could not be read. */
export type SignalBook =
  | {
      status: 'ok';
      evaluatedAtMs: number;
      bySignal: SamplesBySignal;
      /** Scales away from normal, and whether it can be told yet what is normal (1 or 0). */
      baselines: { zscore: SamplesBySignal; ready: SamplesBySignal };
      scrapes: LabelIndex<Scrape>;
    }
  | { status: 'error' | 'stale'; because: string };

/** A scrape target of Prometheus and whether its last scrape succeeded. */
export interface Scrape {
  labels: Readonly<Record<string, string>>;
  up: boolean;
}
