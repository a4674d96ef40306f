import type { Labels } from '../model/target.ts';
import type { RecordedSeries, SignalSeries, WrittenSeries } from '../simulation/index.ts';
import type { RuleTest } from './schema.ts';
import type { SeriesStep } from './series.ts';

/** When the first value of a series counts, and how far its values are apart. */
export interface Times {
  startMs: number;
  intervalMs: number;
}

/** The series of a test with their times. */
export function writtenSeries({ signals, promql }: RuleTest, times: Times): WrittenSeries {
  const recorded = (labels: Labels, steps: readonly SeriesStep[]) => recordSteps(labels, steps, times);
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

function recordSteps(
  labels: Labels,
  steps: readonly SeriesStep[],
  { startMs, intervalMs }: Times,
): RecordedSeries {
  const samples = steps.flatMap((value, index) =>
    value === 'nothing' ? [] : [{ atMs: startMs + index * intervalMs, value }],
  );
  return { labels, samples };
}

function toReady(step: SeriesStep): SeriesStep {
  return typeof step === 'number' ? 1 : step;
}
