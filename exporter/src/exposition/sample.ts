import { type CollectContext, type Collector, PartialFailure } from '../model/collector.ts';
import type { Family } from '../model/family.ts';

/** What one collector gave in one scrape. */
export interface Sampled {
  collector: string;
  families: readonly Family[];
  durationSeconds: number;
  /** Why something is missing, if so. */
  error: Error | undefined;
}

export interface SampleOptions {
  collectors: readonly Collector[];
  deadlineMs: number;
  now: number;
}

/** After the deadline a collector has this long to hand over what it has. */
const HANDOVER_MS = 50;

/** Asks all collectors at the same time. One that fails or passes the deadline is an error of its own; it never rejects. */
export async function sampleAll({ collectors, deadlineMs, now }: SampleOptions): Promise<Sampled[]> {
  const abort = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timers = [
    setTimeout(() => abort.abort(), deadlineMs),
    setTimeout(() => resolve('late'), deadlineMs + HANDOVER_MS),
  ];
  const context = { signal: abort.signal, now };
  try {
    return await Promise.all(collectors.map(async (collector) => sample(collector, context, late)));
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

function sample(
  collector: Collector,
  context: CollectContext,
  late: Promise<'late'>,
): Sampled | Promise<Sampled> {
  const startMs = performance.now();
  const finish = (families: readonly Family[], error?: Error): Sampled => ({
    collector: collector.name,
    families,
    durationSeconds: (performance.now() - startMs) / 1000,
    error,
  });
  const fail = (error: unknown) =>
    finish(error instanceof PartialFailure ? error.families : [], asError(error));
  try {
    const given = collector.collect(context);
    if (!('then' in given)) return finish(given);
    return Promise.race([given, late]).then(
      (families) =>
        families === 'late' ? fail(new Error('not done by the deadline of the scrape')) : finish(families),
      fail,
    );
  } catch (error) {
    return fail(error);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
