export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  /** Keep the same object for the same series where that is easy: its text is prepared once per object. */
  labels: Labels;
  value: number;
}

export interface HistogramSample {
  labels: Labels;
  /** Observations at or below each bound of the family. */
  cumulativeCounts: readonly number[];
  count: number;
  sum: number;
}

interface FamilyBase {
  /** The full name, unit and `_total` included. */
  name: string;
  help: string;
  /** When the data was read, in milliseconds since the epoch, where that is earlier than the scrape. */
  takenAtMs?: number;
}

export interface ScalarFamily extends FamilyBase {
  type: 'gauge' | 'counter';
  samples: readonly Sample[];
}

export interface HistogramFamily extends FamilyBase {
  type: 'histogram';
  /** Upper bounds, ascending, without `+Inf`. */
  bounds: readonly number[];
  samples: readonly HistogramSample[];
}

/** A metric with all its series, as it goes into one exposition. */
export type Family = ScalarFamily | HistogramFamily;

export const NO_LABELS: Labels = {};

export function gauge(name: string, help: string, samples: readonly Sample[]): ScalarFamily {
  return { name, type: 'gauge', help, samples };
}

export function counter(name: string, help: string, samples: readonly Sample[]): ScalarFamily {
  return { name, type: 'counter', help, samples };
}

/** The samples of a family that has one series without labels. */
export function single(value: number): Sample[] {
  return [{ labels: NO_LABELS, value }];
}
