import type { Labels } from '../model/target.ts';
import type { RecordedSeries, SignalSeries, WrittenSeries } from '../simulation/index.ts';
import type { RuleTest } from './schema.ts';
import type { Step } from './series.ts';

/** When the first value of a series counts, and how far its values are apart. */
export interface Times {
  startMs: number;
  intervalMs: number;
}

/** The series of a test with their times. */
export function writtenSeries({ signals, promql }: RuleTest, times: Times): WrittenSeries {
  const recorded = (labels: Labels, steps: readonly Step[]) => recordSteps(labels, steps, times);
  return {
    signals: signals.map(({ signal, labels, values, zscore, ready }): SignalSeries => ({
      signal,
      value: recorded(labels, values),
      ...(zscore !== undefined && { zscore: recorded(labels, zscore) }),
      ready: recorded(labels, ready ?? values.map(toReady)),
    })),
    expressions: promql.map(({ expr, labels, values }) => ({
      promql: expr,
      series: recorded(labels, values),
    })),
  };
}

function recordSteps(labels: Labels, steps: readonly Step[], { startMs, intervalMs }: Times): RecordedSeries {
  const samples = steps.flatMap((value, index) =>
    value === 'nothing' ? [] : [{ atMs: startMs + index * intervalMs, value }],
  );
  return { labels, samples };
}

function toReady(step: Step): Step {
  return typeof step === 'number' ? 1 : step;
}
