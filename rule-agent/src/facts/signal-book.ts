import { BASELINE_READY, BASELINE_ZSCORE, SIGNAL_VALUE } from '@evenkeel/signals';
import type { SamplesBySignal, Scrape, SignalBook, SignalSample } from '../model/fact.ts';
import { targetKey } from '../model/target.ts';
import type { QueryResult, VectorSample } from '../prometheus/answer.ts';

const PART = 'evenkeel_part';

/**
 * Everything the signals say, in one request and of one moment: the values, how far they are from normal, the time at
 * which each was recorded, and which scrapes succeed.
 *
 * Prometheus repeats a series' last value for five minutes after it ended without saying so. `timestamp()` of a plain
 * selector is the sample's own time and gives that away; `up` gives away what a range function still computes from the
 * last samples of something that is gone. Each part has a label of its own, for `or` does not look at names.
 */
export const SIGNAL_QUERY = [
  SIGNAL_VALUE,
  part('value_at', `timestamp(${SIGNAL_VALUE})`),
  part('zscore', BASELINE_ZSCORE),
  part('zscore_at', `timestamp(${BASELINE_ZSCORE})`),
  part('ready', BASELINE_READY),
  part('ready_at', `timestamp(${BASELINE_READY})`),
  'up',
].join(' or ');

function part(name: string, expression: string): string {
  return `label_replace(${expression}, "${PART}", "${name}", "", "")`;
}

/** Sorts the answer to `SIGNAL_QUERY` into a book; an answer that was evaluated too long ago is stale as a whole. */
export function toSignalBook(result: QueryResult, maxAgeMs: number): SignalBook {
  if (!result.ok) return { status: 'error', because: result.because };
  const evaluatedAtMs = result.samples[0]?.atMs ?? result.receivedAtMs;
  const stale = staleness(result, evaluatedAtMs, maxAgeMs);
  if (stale !== undefined) return { status: 'stale', because: stale };
  const parts = Map.groupBy(result.samples, partOf);
  const timed = (name: string) => bySignal(parts.get(name) ?? [], parts.get(`${name}_at`) ?? []);
  return {
    status: 'ok',
    evaluatedAtMs,
    bySignal: timed('value'),
    baselines: { zscore: timed('zscore'), ready: timed('ready') },
    scrapes: (parts.get('up') ?? []).map(toScrape),
  };
}

/** Both directions: an answer from the future means that one of the two clocks is wrong. */
function staleness(
  { receivedAtMs, sentAtMs = receivedAtMs }: Extract<QueryResult, { ok: true }>,
  evaluatedAtMs: number,
  maxAgeMs: number,
): string | undefined {
  if (evaluatedAtMs - receivedAtMs > maxAgeMs) return "Prometheus' clock is ahead of the agent's";
  if (sentAtMs - evaluatedAtMs > maxAgeMs) {
    return "Prometheus' clock is behind the agent's, or its answer is old";
  }
  return receivedAtMs - evaluatedAtMs > maxAgeMs ? 'the answer took too long' : undefined;
}

function partOf({ labels }: VectorSample): string {
  if (labels.__name__ === 'up') return 'up';
  return labels[PART] ?? (labels.__name__ === SIGNAL_VALUE ? 'value' : '');
}

function bySignal(values: readonly VectorSample[], times: readonly VectorSample[]): SamplesBySignal {
  const sampledAtMs = new Map<string, number>();
  for (const { labels, value } of times) {
    if (typeof value === 'number') sampledAtMs.set(targetKey(identityOf(labels)), Math.round(value * 1000));
  }
  const samples = values.map(({ labels, value }): SignalSample => {
    const identity = identityOf(labels);
    // Without its own time a value could be of any age.
    return { labels: identity, value, sampledAtMs: sampledAtMs.get(targetKey(identity)) ?? 0 };
  });
  return Map.groupBy(samples, ({ labels }) => labels.signal ?? '');
}

function identityOf({ __name__: _name, [PART]: _part, ...identity }: VectorSample['labels']) {
  return identity;
}

function toScrape({ labels, value }: VectorSample): Scrape {
  return { labels, up: value === 1 };
}
