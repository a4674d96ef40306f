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

/** Each contender's times, ours against the goals; and ours over those of the TimeSeries, which draws the signals. */
export function compared(suite: string, { contenders, modelFirstMs, modelMs }: Rounds): Measurement[] {
  const model = { suite, unit: 'ms', of: 'frames of both views, all models', goal: GOAL_MS.model };
  return [
    ...overRounds({ ...model, name: 'model', values: modelMs }),
    ...overRounds({ ...model, name: 'model_first', values: modelFirstMs }),
    ...[...contenders].flatMap(([name, times]) => absolute(suite, name, times)),
    ...OURS.flatMap((name) =>
      against({ suite, name, ours: contenders.get(name)!, theirs: contenders.get('charts')! }),
    ),
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
  name: Contender;
  ours: Times;
  theirs: Times;
}

/** Entities have no counterpart among the charts: their ratios have no goal, but they can be compared between machines. */
function against({ suite, name, ours, theirs }: Pair): Measurement[] {
  const over = (what: string, times: (of: Times) => readonly number[]) => {
    const [mine, other] = [times(ours), times(theirs)];
    return mine.length === 0
      ? []
      : ratio({
          ...{
            suite,
            name: `${name}_${what}_ratio`,
            of: '@grafana/ui TimeSeries, 30 charts of the same signals',
          },
          ...{ ours: quantile(mine, 0.5), theirs: quantile(other, 0.5) },
          ...(name === 'trends' ? { goal: 1 } : {}),
        });
  };
  return [
    over('first', ({ firstMs }) => firstMs),
    over('refresh', ({ refreshMs }) => refreshMs),
    over('hover', ({ hoverMs }) => hoverMs),
  ].flat();
}
