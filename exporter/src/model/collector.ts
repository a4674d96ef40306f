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

/** One thing that a collector could not read. */
export interface Problem {
  /** What has it, such as `database shop`; what is a part of that begins with it and a comma: `database shop, query tickets`. */
  subject: string;
  message: string;
}

/** Thrown by a collector that could read some of its metrics: these are served, and the collector counts as failed. */
export class PartialFailure extends Error {
  readonly problems: readonly Problem[];
  readonly families: readonly Family[];

  constructor(problems: readonly Problem[], families: readonly Family[]) {
    super(problems.map(({ message }) => message).join('; '));
    this.name = 'PartialFailure';
    this.problems = problems;
    this.families = families;
  }
}
