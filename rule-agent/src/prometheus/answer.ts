import { z } from 'zod';
import type { Labels } from '../model/target.ts';

/** One element of an instant vector. A text such as `NaN` stands for what is no usable number. */
export interface VectorSample {
  labels: Labels;
  value: number | string;
  /** The time Prometheus gave the element; of a plain query that is when it was evaluated. */
  atMs: number;
}

export type QueryResult =
  { ok: true; samples: readonly VectorSample[]; receivedAtMs: number } | { ok: false; because: string };

const sample = z.object({
  metric: z.record(z.string(), z.string()),
  value: z.tuple([z.number(), z.string()]).optional(),
});

const answer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    warnings: z.array(z.string()).optional(),
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
 * An answer with warnings is refused: they say that a part of the data could not be read, and a sum over a part looks
 * like a sum over all.
 */
export function parseQueryAnswer(text: string, receivedAtMs: number): QueryResult {
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) return { ok: false, because: 'the answer is not what Prometheus answers' };
  if (parsed.data.status === 'error') {
    return { ok: false, because: `Prometheus refused the query: ${parsed.data.error}` };
  }
  const { warnings = [], data } = parsed.data;
  if (warnings.length > 0) return { ok: false, because: `Prometheus warned: ${warnings.join('; ')}` };
  if (data.resultType === 'scalar') return { ok: true, receivedAtMs, samples: [toSample({}, data.result)] };
  return {
    ok: true,
    receivedAtMs,
    samples: data.result.map(({ metric, value }) => toSample(metric, value)),
  };
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
