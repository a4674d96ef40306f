import type { Family } from './family.ts';

export interface CollectContext {
  /** Aborts at the scrape's deadline; what is known by then may still be given, at once. */
  signal: AbortSignal;
  /** Time of the scrape, in milliseconds since the epoch. */
  now: number;
}

/** One source of metrics. What it cannot read it leaves out and says so by throwing; it never gives a zero instead. */
export interface Collector {
  name: string;
  collect(context: CollectContext): readonly Family[] | Promise<readonly Family[]>;
}

/** Thrown by a collector that could read some of its metrics: these are served, and the collector counts as failed. */
export class PartialFailure extends Error {
  readonly families: readonly Family[];

  constructor(message: string, families: readonly Family[], options?: ErrorOptions) {
    super(message, options);
    this.name = 'PartialFailure';
    this.families = families;
  }
}
