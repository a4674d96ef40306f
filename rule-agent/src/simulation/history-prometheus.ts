import { type Clock, EvenkeelError, shorten } from '@evenkeel/toolkit';
import { isSignalQuery, signalQuery } from '../facts/index.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import type { Prometheus } from '../prometheus/client.ts';
import { endOf, type RangeResult, type RangeSeries, valueAt } from '../prometheus/range.ts';
import type { VectorSample } from '../prometheus/samples.ts';

export interface HistoryOptions {
  /** Whose past it is. */
  source: Prometheus;
  /** Moves from one multiple of the step to the next. */
  clock: Pick<Clock, 'now'>;
  stepMs: number;
  /** Nothing is asked for beyond this. */
  toMs: number;
  /** The signals that are looked at; the others are not asked for. */
  signals: readonly string[];
  /** How many steps are read at a time. */
  chunkSteps?: number;
}

/** A few hours at 15 s: read in moments, and some megabytes where there are a hundred series. */
const CHUNK_STEPS = 2_000;

/** Of a query in a hint: that for the signals names each of them several times. */
const MOST_CHARACTERS = 200;

/**
 * Answers instant queries as the source would have answered them at the time of the clock: from ranges, which are asked for
 * when the clock comes to them.
 *
 * @throws EvenkeelError HISTORY_UNREADABLE from its queries. It is no answer with a reason, as that of the source is: that the
 *   past cannot be read now does not mean that it could not be read then.
 */
export function historyPrometheus(options: HistoryOptions): Prometheus {
  const { source, clock, signals } = options;
  const narrowed = signalQuery(signals);
  const chunks = new Map<string, Chunk>();
  return {
    async query(promql) {
      const nowMs = clock.now();
      let chunk = chunks.get(promql);
      if (chunk === undefined || nowMs > chunk.endMs) {
        chunk = await readChunk(isSignalQuery(promql) ? narrowed : promql, nowMs, options);
        chunks.set(promql, chunk);
      }
      return vectorAt(chunk, nowMs);
    },
    // Whoever asks for the past must not see what was still to come.
    queryRange: (promql, range) =>
      source.queryRange(promql, { ...range, toMs: Math.min(range.toMs, clock.now()) }),
  };
}

interface Chunk {
  series: readonly RangeSeries[];
  startMs: number;
  stepMs: number;
  endMs: number;
}

async function readChunk(
  promql: string,
  nowMs: number,
  { source, stepMs, toMs, chunkSteps = CHUNK_STEPS }: HistoryOptions,
): Promise<Chunk> {
  if (nowMs % stepMs !== 0) throw new RangeError(`${nowMs} is no multiple of the step, ${stepMs} ms`);
  const lastMs = Math.min(nowMs + (chunkSteps - 1) * stepMs, toMs);
  const result = await source.queryRange(promql, { fromMs: nowMs, toMs: lastMs, stepMs });
  if (!result.ok) throw unreadable(promql, result);
  const { grid, series } = result;
  return { series, startMs: grid.startMs, stepMs, endMs: endOf(grid) };
}

function vectorAt({ series, startMs, stepMs }: Chunk, nowMs: number): QueryResult {
  const point = (nowMs - startMs) / stepMs;
  const samples: VectorSample[] = [];
  for (const one of series) {
    const value = valueAt(one, point);
    if (value !== undefined) samples.push({ labels: one.labels, value, atMs: nowMs });
  }
  return { ok: true, samples, receivedAtMs: nowMs };
}

function unreadable(promql: string, { because }: Extract<RangeResult, { ok: false }>): EvenkeelError {
  return new EvenkeelError('HISTORY_UNREADABLE', `the past cannot be read: ${because}`, {
    hint: `the query was: ${shorten(promql, MOST_CHARACTERS)}`,
  });
}
