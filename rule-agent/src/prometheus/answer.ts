import { atOnce } from '@evenkeel/toolkit';
import { z } from 'zod';
import { cutAnswer } from './cut-answer.ts';
import { readPiece } from './read-piece.ts';
import { toSample, toSamples, type VectorSample } from './samples.ts';
import { SeriesLabels } from './series-labels.ts';

/** What is wrong with an answer. `query`: with what was asked; all others are of who answers. */
export const FAULTS = [
  'down',
  'timeout',
  'server_error',
  'no_access',
  'nonsense',
  'partial',
  'query',
] as const;
export type Fault = (typeof FAULTS)[number];

export type QueryResult =
  | {
      ok: true;
      samples: readonly VectorSample[];
      receivedAtMs: number;
      /** By our clock, as is the time of receipt. */
      sentAtMs?: number;
    }
  | { ok: false; because: string; fault: Fault };

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

const answer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    warnings: z.array(z.string()).optional(),
    // VictoriaMetrics says so when some of its storage nodes did not answer.
    isPartial: z.boolean().optional(),
    data: z.discriminatedUnion('resultType', [
      z.object({ resultType: z.literal('vector'), result: z.array(z.unknown()) }),
      z.object({ resultType: z.literal('scalar'), result: z.tuple([z.number(), z.string()]) }),
    ]),
  }),
  z.object({ status: z.literal('error'), errorType: z.string().optional(), error: z.string() }),
]);

const NONSENSE = flawed('nonsense', 'the answer is not what Prometheus answers');

/** Reads the JSON of `/api/v1/query`, as `readQueryAnswer` does, at once. */
export function parseQueryAnswer(text: string, receivedAtMs: number): QueryResult {
  return atOnce(readQueryAnswer(text, receivedAtMs));
}

/**
 * Reads the JSON of `/api/v1/query` into numbers and reasons, step by step: it may be megabytes.
 *
 * An answer with warnings, or one that calls itself partial, is refused: they say that a part of the data could not be
 * read, and a sum over a part looks like a sum over all.
 */
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
  const parsed = answer.safeParse(parseJson(rest));
  if (!parsed.success) return NONSENSE;
  if (parsed.data.status === 'error') {
    return flawed('query', `Prometheus refused the query: ${parsed.data.error}`);
  }
  const { warnings = [], isPartial = false, data } = parsed.data;
  if (warnings.length > 0) return flawed('partial', `Prometheus warned: ${warnings.join('; ')}`);
  if (isPartial) return flawed('partial', 'the answer is partial: some of the storage did not answer');
  if (data.resultType === 'scalar') return { ok: true, receivedAtMs, samples: [toSample({}, data.result)] };
  const last = toSamples(data.result);
  if (last === undefined) return NONSENSE;
  known.answered(samples.length);
  return { ok: true, receivedAtMs, samples: [...samples, ...last] };
}

function flawed(fault: Fault, because: string): QueryResult {
  return { ok: false, fault, because };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
