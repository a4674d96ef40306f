import { quantile } from './statistics.ts';

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
export function ratio({ ours, theirs, ...figure }: Ratio): Measurement {
  return measured({ ...figure, value: ours / theirs, unit: 'ratio' });
}

export type Figure = Omit<Measurement, 'goal' | 'ok'> & { goal?: number };

/** A figure in a unit of its own, to three decimals; without a goal it is for information. */
export function measured({ suite, name, value, unit, of, goal }: Figure): Measurement {
  const rounded = Math.round(value * 1000) / 1000;
  return {
    suite,
    name,
    value: rounded,
    unit,
    goal: goal ?? null,
    ok: goal === undefined || rounded <= goal,
    of,
  };
}

/** The median over rounds, and the worst of them: both are held against the goal. */
export function overRounds({
  values,
  ...figure
}: Omit<Figure, 'value'> & { values: readonly number[] }): Measurement[] {
  return [
    measured({ ...figure, value: quantile(values, 0.5) }),
    measured({ ...figure, name: `${figure.name}_worst`, value: Math.max(...values) }),
  ];
}
