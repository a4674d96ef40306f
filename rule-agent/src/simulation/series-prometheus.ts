import type { Clock } from '@evenkeel/toolkit';
import { isSignalQuery, SIGNAL_PART } from '../facts/index.ts';
import type { Labels } from '../model/target.ts';
import type { Prometheus } from '../prometheus/client.ts';
import { Matrix, setAt } from '../prometheus/matrix.ts';
import { gridOf, type Range, type RangeResult } from '../prometheus/range.ts';
import type { VectorSample } from '../prometheus/samples.ts';
import { type RecordedSeries, sampleAt } from './recorded-series.ts';

/** One signal of one target. */
export interface SignalSeries {
  signal: string;
  /** Its labels are those of the target. */
  value: RecordedSeries;
  zscore?: RecordedSeries;
  ready?: RecordedSeries;
}

export interface WrittenSeries {
  signals: readonly SignalSeries[];
  /** What an expression gives, found by its very text. */
  expressions: readonly { promql: string; series: RecordedSeries }[];
}

/** Answers as Prometheus would that has recorded these series and nothing else. */
export function seriesPrometheus(written: WrittenSeries, clock: Pick<Clock, 'now'>): Prometheus {
  const samplesAt = (promql: string, atMs: number) =>
    isSignalQuery(promql) ? signalSamples(written, atMs) : expressionSamples(written, promql, atMs);
  return {
    query: (promql) => {
      const nowMs = clock.now();
      return Promise.resolve({ ok: true, samples: samplesAt(promql, nowMs), receivedAtMs: nowMs });
    },
    queryRange: (promql, range) => Promise.resolve(evaluate(range, (atMs) => samplesAt(promql, atMs))),
  };
}

function signalSamples({ signals }: WrittenSeries, atMs: number): VectorSample[] {
  return signals.flatMap(({ signal, value, zscore, ready }) =>
    Object.entries({ value, zscore, ready }).flatMap(([part, series]) =>
      series === undefined ? [] : recordedPart(signal, { part, series, atMs }),
    ),
  );
}

interface RecordedPart {
  part: string;
  series: RecordedSeries;
  atMs: number;
}

/** A value, and when it was recorded: two samples, as the query for the signals has them. */
function recordedPart(signal: string, { part, series, atMs }: RecordedPart): VectorSample[] {
  const found = sampleAt(series, atMs);
  if (found === undefined) return [];
  const named = (name: string): Labels => ({ ...series.labels, signal, [SIGNAL_PART]: name });
  return [toSample(named(part), found.value, atMs), toSample(named(`${part}_at`), found.atMs / 1000, atMs)];
}

function expressionSamples({ expressions }: WrittenSeries, promql: string, atMs: number): VectorSample[] {
  return expressions.flatMap(({ promql: known, series }) => {
    const found = known === promql ? sampleAt(series, atMs) : undefined;
    return found === undefined ? [] : [toSample(series.labels, found.value, atMs)];
  });
}

function toSample(labels: Labels, value: number, atMs: number): VectorSample {
  return { labels, value: Number.isFinite(value) ? value : String(value), atMs };
}

function evaluate(range: Range, samplesAt: (atMs: number) => VectorSample[]): RangeResult {
  const grid = gridOf(range);
  const matrix = new Matrix(grid);
  for (let point = 0; point < grid.points; point += 1) {
    for (const { labels, value } of samplesAt(grid.startMs + point * grid.stepMs)) {
      const found = matrix.seriesOf(labels);
      if ('ok' in found) return found;
      setAt(found.series, point, value);
    }
  }
  return { ok: true, grid, series: matrix.series };
}
