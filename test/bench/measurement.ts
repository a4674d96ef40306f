/** One figure of a benchmark, as `--json` prints it. */
export interface Measurement {
  suite: string;
  name: string;
  value: number;
  unit: string;
  /** The value must be at most this; null where the figure is for information. */
  goal: number | null;
  /** Whether the goal held in this run. */
  ok: boolean;
  /** What the value is measured against, in the same run. */
  of: string;
}

/** One topic of `npm run bench`. */
export interface Suite {
  name: string;
  about: string;
  run(): Promise<Measurement[]>;
}

export interface Ratio {
  suite: string;
  name: string;
  ours: number;
  theirs: number;
  of: string;
  goal?: number;
}

/** The figure that compares two things measured in one run: below 1, ours is the smaller. */
export function ratio({ suite, name, ours, theirs, of, goal }: Ratio): Measurement {
  const value = Math.round((ours / theirs) * 1000) / 1000;
  return {
    suite,
    name,
    value,
    unit: 'ratio',
    goal: goal ?? null,
    ok: goal === undefined || value <= goal,
    of,
  };
}
