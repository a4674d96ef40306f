import type { Facts, SignalBook } from '../model/fact.ts';
import { clockSkewMs, type QueryResult } from '../prometheus/answer.ts';
import type { Fault } from '../prometheus/failure.ts';

/**
 * `sound`: everything was answered, and what is recorded is recent. `degraded`: it answers, but late, for a part, or with
 * nothing recorded. `failing`: nothing of it can be used.
 */
export const HEALTHS = ['failing', 'degraded', 'unknown', 'sound'] as const;
export type Health = (typeof HEALTHS)[number];

/** What one look at an endpoint showed. */
export interface SourceLook {
  health: Exclude<Health, 'unknown'>;
  /** Empty while it is sound. */
  because: string;
  fault?: Exclude<Fault, 'query'> | 'stale';
  /** How far its clock is ahead of ours. */
  skewMs?: number;
  newestSampleMs?: number;
}

export interface Seen {
  signals: SignalBook;
  /** Every answer of the look, that for the signals first. */
  results: readonly QueryResult[];
  maxAgeMs: number;
  /** The newest sample at the look before. */
  lastNewestMs: number | undefined;
}

/** Judges an endpoint by its answers. A query that it refuses is the query's fault, but for the one for the signals. */
export function judgeSource({ signals, results, maxAgeMs, lastNewestMs }: Seen): SourceLook {
  const [first] = results;
  const skewMs = first === undefined ? undefined : clockSkewMs(first);
  const skew = skewMs === undefined ? {} : { skewMs };
  if (signals.status !== 'ok') {
    const fault =
      first === undefined || first.ok ? 'stale' : first.fault === 'query' ? 'no_access' : first.fault;
    return { health: 'failing', because: signals.because, fault, ...skew };
  }
  const newestSampleMs = newestSampleOf(signals);
  const known = { ...skew, ...(newestSampleMs !== undefined && { newestSampleMs }) };
  const failed = results.find((result) => !result.ok && result.fault !== 'query');
  if (failed?.ok === false) {
    return {
      health: 'degraded',
      because: failed.because,
      fault: failed.fault as SourceLook['fault'] & Fault,
      ...known,
    };
  }
  const because = lateness({ newestSampleMs, lastNewestMs, evaluatedAtMs: signals.evaluatedAtMs, maxAgeMs });
  return because === undefined
    ? { health: 'sound', because: '', ...known }
    : { health: 'degraded', because, fault: 'stale', ...known };
}

/** When the newest of the recorded signals was recorded. */
export function newestSampleOf(signals: Facts['signals']): number | undefined {
  if (signals.status !== 'ok') return undefined;
  let newestMs: number | undefined;
  for (const samples of signals.bySignal.values()) {
    for (const { sampledAtMs } of samples.items) newestMs = Math.max(newestMs ?? 0, sampledAtMs);
  }
  return newestMs;
}

interface Recorded {
  newestSampleMs: number | undefined;
  lastNewestMs: number | undefined;
  evaluatedAtMs: number;
  maxAgeMs: number;
}

function lateness({ newestSampleMs, lastNewestMs, evaluatedAtMs, maxAgeMs }: Recorded): string | undefined {
  if (newestSampleMs === undefined) return 'no signal is recorded';
  if (newestSampleMs - evaluatedAtMs > maxAgeMs) {
    return 'samples are from the future: the clock of what records them is ahead';
  }
  if (evaluatedAtMs - newestSampleMs <= maxAgeMs) return undefined;
  // What stands still was stopped; what goes on, always late, has another clock or a long way.
  return lastNewestMs !== undefined && newestSampleMs > lastNewestMs
    ? 'each new sample is old already: the clock of what records them is behind, or they come late'
    : 'no signal is recorded any more';
}
