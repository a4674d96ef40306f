import { z } from 'zod';
import { type Failure, failure, NONSENSE } from './failure.ts';

const data = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('vector'), result: z.array(z.unknown()) }),
  z.object({ resultType: z.literal('scalar'), result: z.tuple([z.number(), z.string()]) }),
  z.object({ resultType: z.literal('matrix'), result: z.array(z.unknown()) }),
]);

const envelope = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    warnings: z.array(z.string()).optional(),
    // VictoriaMetrics says so when some of its storage nodes did not answer.
    isPartial: z.boolean().optional(),
    data,
  }),
  z.object({ status: z.literal('error'), errorType: z.string().optional(), error: z.string() }),
]);

export type AnswerData = z.output<typeof data>;

/**
 * The data of an answer, once what Prometheus says of it allows its use.
 *
 * An answer with warnings, or one that calls itself partial, is refused: they say that a part of the data could not be
 * read, and a sum over a part looks like a sum over all.
 */
export function readEnvelope(text: string): { ok: true; data: AnswerData } | Failure {
  const parsed = envelope.safeParse(parseJson(text));
  if (!parsed.success) return NONSENSE;
  if (parsed.data.status === 'error') {
    return failure('query', `Prometheus refused the query: ${parsed.data.error}`);
  }
  const { warnings = [], isPartial = false } = parsed.data;
  if (warnings.length > 0) return failure('partial', `Prometheus warned: ${warnings.join('; ')}`);
  if (isPartial) return failure('partial', 'the answer is partial: some of the storage did not answer');
  return { ok: true, data: parsed.data.data };
}

/** Undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
