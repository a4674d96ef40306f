import { atOnce } from '@evenkeel/toolkit';
import { cutAnswer } from './cut-answer.ts';
import { parseJson, readEnvelope } from './envelope.ts';
import { type Failure, NONSENSE } from './failure.ts';
import { readPiece } from './read-piece.ts';
import { toSample, toSamples, type VectorSample } from './samples.ts';
import { SeriesLabels } from './series-labels.ts';

export type QueryResult =
  | {
      ok: true;
      samples: readonly VectorSample[];
      receivedAtMs: number;
      /** By our clock, as is the time of receipt. */
      sentAtMs?: number;
    }
  | Failure;

/**
 * How far the clock of who answered is ahead of ours, or behind it if negative, at the least: the time of evaluation lies
 * between sending and receipt when the two clocks agree. Undefined when the answer has no time in it.
 */
export function clockSkewMs(result: QueryResult): number | undefined {
  if (!result.ok) return undefined;
  const { samples, receivedAtMs, sentAtMs = receivedAtMs } = result;
  const evaluatedAtMs = samples[0]?.atMs;
  if (evaluatedAtMs === undefined || evaluatedAtMs === 0) return undefined;
  if (evaluatedAtMs > receivedAtMs) return evaluatedAtMs - receivedAtMs;
  return Math.min(0, evaluatedAtMs - sentAtMs);
}

/** Reads the JSON of `/api/v1/query`, as `readQueryAnswer` does, at once. */
export function parseQueryAnswer(text: string, receivedAtMs: number): QueryResult {
  return atOnce(readQueryAnswer(text, receivedAtMs));
}

/** Reads the JSON of `/api/v1/query` into numbers and reasons, step by step: it may be megabytes. */
export function* readQueryAnswer(
  text: string,
  receivedAtMs: number,
  known = new SeriesLabels(),
): Generator<void, QueryResult> {
  const samples: VectorSample[] = [];
  const { pieces, rest } = cutAnswer(text);
  for (const piece of pieces) {
    const read = readPiece(piece, known) ?? toSamples(parseJson(`[${piece}]`));
    if (read === undefined) return NONSENSE;
    for (const sample of read) samples.push(sample);
    yield;
  }
  const answer = readEnvelope(rest);
  if (!answer.ok) return answer;
  const { resultType, result } = answer.data;
  if (resultType === 'scalar') return { ok: true, receivedAtMs, samples: [toSample({}, result)] };
  const last = resultType === 'vector' ? toSamples(result) : undefined;
  if (last === undefined) return NONSENSE;
  known.answered(samples.length);
  return { ok: true, receivedAtMs, samples: [...samples, ...last] };
}
