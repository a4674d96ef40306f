import type { Clock } from '@evenkeel/toolkit';
import { isSignalQuery, partsOfSignals, type ReadSignals } from '../facts/index.ts';
import type { Prometheus } from '../prometheus/client.ts';
import { fewAtOnce } from './few-at-once.ts';
import { PastOfQuery } from './past-of-query.ts';

export interface HistoryOptions {
  /** Whose past it is. */
  source: Prometheus;
  /** Moves from one multiple of the step to the next. */
  clock: Pick<Clock, 'now'>;
  stepMs: number;
  /** Nothing is asked for beyond this. */
  toMs: number;
  /** The signals that are looked at; the others are not asked for. */
  signals: ReadSignals;
  /** A sample that is older than this does not count. */
  maxAgeMs: number;
  /** How many steps are read at a time, at the most. */
  chunkSteps?: number;
}

/** A few hours at 15 s, a day and a half at a minute: read in moments, and some megabytes where there are a hundred series. */
const CHUNK_STEPS = 2_000;
/** A Prometheus runs twenty queries at a time, and others ask it too. */
const QUERIES_AT_ONCE = 4;

/**
 * Answers instant queries as the source would have answered them at the time of the clock: from ranges, the next of which is read
 * while one is played.
 *
 * @throws EvenkeelError HISTORY_UNREADABLE from its queries. It is no answer with a reason, as that of the source is: that the
 *   past cannot be read now does not mean that it could not be read then.
 */
export function historyPrometheus(options: HistoryOptions): Prometheus {
  const { source, clock, signals, maxAgeMs, chunkSteps = CHUNK_STEPS } = options;
  const run = fewAtOnce(QUERIES_AT_ONCE);
  const ask: Prometheus['queryRange'] = (promql, range) => run(() => source.queryRange(promql, range));
  const pastOf = (promql: string) => {
    const queries = isSignalQuery(promql) ? partsOfSignals(signals, maxAgeMs) : [{ promql }];
    return queries.map((query) => new PastOfQuery(query, ask, { ...options, mostPoints: chunkSteps }));
  };
  const pasts = new Map<string, readonly PastOfQuery[]>();
  return {
    async query(promql) {
      const nowMs = clock.now();
      const past = pasts.get(promql) ?? pastOf(promql);
      pasts.set(promql, past);
      const answers = await Promise.all(past.map((one) => one.at(nowMs)));
      const refused = answers.find((answer) => !answer.ok);
      if (refused !== undefined) return refused;
      const samples = answers.flatMap((answer) => (answer.ok ? answer.samples : []));
      return { ok: true, samples, receivedAtMs: nowMs };
    },
    // Whoever asks for the past must not see what was still to come.
    queryRange: (promql, range) =>
      source.queryRange(promql, { ...range, toMs: Math.min(range.toMs, clock.now()) }),
  };
}
