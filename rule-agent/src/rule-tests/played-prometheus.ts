import { SIGNAL_QUERY } from '../facts/index.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import type { VectorSample } from '../prometheus/samples.ts';
import type { Prometheus } from '../prometheus/client.ts';
import type { Labels } from '../model/target.ts';
import type { RuleTest } from './schema.ts';
import type { Step } from './series.ts';

/** Where a test stands. */
export interface Moment {
  startMs: number;
  intervalMs: number;
  nowMs: number;
}

/** For how long Prometheus repeats the last value of a series that says nothing. */
const LOOKBACK_MS = 300_000;

/** Answers as Prometheus would, from the series of a test. */
export function playPrometheus({ signals, promql }: RuleTest, moment: () => Moment): Prometheus {
  const signalSamples = (now: Moment) =>
    signals.flatMap(({ signal, labels, values, zscore, ready }) => {
      const identity = { ...labels, signal };
      return [
        ...recorded({ identity, part: 'value', steps: values }, now),
        ...(zscore === undefined ? [] : recorded({ identity, part: 'zscore', steps: zscore }, now)),
        ...recorded({ identity, part: 'ready', steps: ready ?? values.map(toReady) }, now),
      ];
    });
  const expressionSamples = (expr: string, now: Moment) =>
    promql.flatMap(({ expr: known, labels, values }) => {
      const found = known === expr ? lastStep(values, now) : undefined;
      return found === undefined ? [] : [toSample(labels, found.value, now)];
    });
  return {
    query(expression) {
      const now = moment();
      const samples = expression === SIGNAL_QUERY ? signalSamples(now) : expressionSamples(expression, now);
      return Promise.resolve<QueryResult>({ ok: true, samples, receivedAtMs: now.nowMs });
    },
  };
}

interface Recorded {
  identity: Labels;
  part: string;
  steps: readonly Step[];
}

/** A value, and when it was recorded: two samples, as the query for the signals has them. */
function recorded({ identity, part, steps }: Recorded, now: Moment): VectorSample[] {
  const found = lastStep(steps, now);
  if (found === undefined) return [];
  return [
    toSample({ ...identity, evenkeel_part: part }, found.value, now),
    toSample({ ...identity, evenkeel_part: `${part}_at` }, found.atMs / 1000, now),
  ];
}

function lastStep(
  steps: readonly Step[],
  { startMs, intervalMs, nowMs }: Moment,
): { value: number; atMs: number } | undefined {
  for (let index = Math.floor((nowMs - startMs) / intervalMs); index >= 0; index -= 1) {
    const atMs = startMs + index * intervalMs;
    if (nowMs - atMs >= LOOKBACK_MS) return undefined;
    const step = steps[index] ?? 'nothing';
    if (step === 'stale') return undefined;
    if (step !== 'nothing') return { value: step, atMs };
  }
  return undefined;
}

function toReady(step: Step): Step {
  return typeof step === 'number' ? 1 : step;
}

function toSample(labels: Labels, value: number, { nowMs }: Moment): VectorSample {
  return { labels, value: Number.isFinite(value) ? value : String(value), atMs: nowMs };
}
