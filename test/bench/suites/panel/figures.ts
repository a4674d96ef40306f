import { type Measurement, overRounds, ratio } from '../../measurement.ts';
import { quantile } from '../../statistics.ts';
import type { Contender } from './bench-page.ts';
import type { Rounds, Times } from './rounds.ts';

const GOAL_MS = { first: 200, refresh: 50, hover: 16, model: 30 };
const DATA: Readonly<Record<Contender, string>> = {
  trends: '30 signals of 1,000 points with their bands',
  entities: '1,000 entities of 4 components',
  whole: 'both views at once',
  charts: 'control: @grafana/ui TimeSeries, 30 charts of the same signals',
  nothing: 'control: an empty page',
};
const OURS: readonly Contender[] = ['trends', 'entities', 'whole'];

/** Each contender's times, ours against the goals; and ours over those of the TimeSeries on the same signals. */
export function compared(suite: string, { contenders, modelFirstMs, modelMs }: Rounds): Measurement[] {
  const model = { suite, unit: 'ms', of: 'frames of both views, all models', goal: GOAL_MS.model };
  return [
    ...overRounds({ ...model, name: 'model', values: modelMs }),
    ...overRounds({ ...model, name: 'model_first', values: modelFirstMs }),
    ...[...contenders].flatMap(([name, times]) => absolute(suite, name, times)),
    ...against({ suite, ours: contenders.get('trends')!, theirs: contenders.get('charts')! }),
  ];
}

function absolute(suite: string, name: Contender, { firstMs, refreshMs, hoverMs }: Times): Measurement[] {
  const figure = (what: 'first' | 'refresh' | 'hover', values: readonly number[]) => ({
    ...{ suite, name: `${name}_${what}`, unit: 'ms', of: DATA[name], values },
    ...(OURS.includes(name) ? { goal: GOAL_MS[what] } : {}),
  });
  return [
    ...overRounds(figure('first', firstMs)),
    ...overRounds(figure('refresh', refreshMs)),
    ...(hoverMs.length === 0 ? [] : overRounds(figure('hover', hoverMs))),
  ];
}

interface Pair {
  suite: string;
  ours: Times;
  theirs: Times;
}

function against({ suite, ours, theirs }: Pair): Measurement[] {
  const over = (name: string, times: (of: Times) => readonly number[]) =>
    ratio({
      ...{ suite, name: `trends_${name}_ratio`, of: '@grafana/ui TimeSeries, 30 charts of the same signals' },
      ...{ ours: quantile(times(ours), 0.5), theirs: quantile(times(theirs), 0.5), goal: 1 },
    });
  return [
    over('first', ({ firstMs }) => firstMs),
    over('refresh', ({ refreshMs }) => refreshMs),
    over('hover', ({ hoverMs }) => hoverMs),
  ];
}
