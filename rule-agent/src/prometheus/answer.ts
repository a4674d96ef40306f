import { z } from 'zod';
import type { Labels } from '../model/target.ts';

/** One element of an instant vector. A text such as `NaN` stands for what is no usable number. */
export interface VectorSample {
  labels: Labels;
  value: number | string;
  /** The time Prometheus gave the element; of a plain query that is when it was evaluated. */
  atMs: number;
}

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

const sample = z.object({
  metric: z.record(z.string(), z.string()),
  value: z.tuple([z.number(), z.string()]).optional(),
});

const answer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    warnings: z.array(z.string()).optional(),
    // VictoriaMetrics says so when some of its storage nodes did not answer.
    isPartial: z.boolean().optional(),
    data: z.discriminatedUnion('resultType', [
      z.object({ resultType: z.literal('vector'), result: z.array(sample) }),
      z.object({ resultType: z.literal('scalar'), result: z.tuple([z.number(), z.string()]) }),
    ]),
  }),
  z.object({ status: z.literal('error'), errorType: z.string().optional(), error: z.string() }),
]);

const HISTOGRAM = 'a histogram';

/**
 * Reads the JSON of `/api/v1/query` into numbers and reasons.
 *
 * An answer with warnings, or one that calls itself partial, is refused: they say that a part of the data could not be read, and a sum over a part looks
 * like a sum over all.
 */
export function parseQueryAnswer(text: string, receivedAtMs: number): QueryResult {
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) return flawed('nonsense', 'the answer is not what Prometheus answers');
  if (parsed.data.status === 'error') {
    return flawed('query', `Prometheus refused the query: ${parsed.data.error}`);
  }
  const { warnings = [], isPartial = false, data } = parsed.data;
  if (warnings.length > 0) return flawed('partial', `Prometheus warned: ${warnings.join('; ')}`);
  if (isPartial) return flawed('partial', 'the answer is partial: some of the storage did not answer');
  if (data.resultType === 'scalar') return { ok: true, receivedAtMs, samples: [toSample({}, data.result)] };
  return {
    ok: true,
    receivedAtMs,
    samples: data.result.map(({ metric, value }) => toSample(metric, value)),
  };
}

function flawed(fault: Fault, because: string): QueryResult {
  return { ok: false, fault, because };
}

function toSample(labels: Labels, value: [number, string] | undefined): VectorSample {
  if (value === undefined) return { labels, value: HISTOGRAM, atMs: 0 };
  const [seconds, text] = value;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return { labels, value: Number.isFinite(number) ? number : text, atMs: Math.round(seconds * 1000) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
