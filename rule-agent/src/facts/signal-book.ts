import { SIGNAL_VALUE } from '@evenkeel/signals';
import type { Scrape, SignalBook, SignalSample } from '../model/fact.ts';
import { targetKey } from '../model/target.ts';
import type { QueryResult, VectorSample } from '../prometheus/answer.ts';

const PART = 'evenkeel_part';

/**
 * Everything the signals say, in one request and of one moment: the values, the time at which each was recorded, and
 * which scrapes succeed.
 *
 * Prometheus repeats a series' last value for five minutes after it ended without saying so. `timestamp()` of a plain
 * selector is the sample's own time and gives that away; `up` gives away what a range function still computes from the
 * last samples of something that is gone.
 */
export const SIGNAL_QUERY = `${SIGNAL_VALUE} or label_replace(timestamp(${SIGNAL_VALUE}), "${PART}", "sampled_at", "", "") or up`;

/** Sorts the answer to `SIGNAL_QUERY` into a book; an answer that was evaluated too long ago is stale as a whole. */
export function toSignalBook(result: QueryResult, maxAgeMs: number): SignalBook {
  if (!result.ok) return { status: 'error', because: result.because };
  const evaluatedAtMs = result.samples[0]?.atMs ?? result.receivedAtMs;
  // Both directions: an answer from the future means that one of the two clocks is wrong.
  if (Math.abs(result.receivedAtMs - evaluatedAtMs) > maxAgeMs) {
    return {
      status: 'stale',
      because: "the answer's time is too far from the agent's: it is old, or the clocks differ",
    };
  }
  const times = sampleTimes(result.samples);
  const values = result.samples.filter(({ labels }) => labels.__name__ === SIGNAL_VALUE);
  return {
    status: 'ok',
    evaluatedAtMs,
    bySignal: Map.groupBy(
      values.map((sample) => toSignalSample(sample, times)),
      ({ labels }) => labels.signal ?? '',
    ),
    scrapes: result.samples.filter(({ labels }) => labels.__name__ === 'up').map(toScrape),
  };
}

function sampleTimes(samples: readonly VectorSample[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { labels, value } of samples) {
    const { [PART]: part, ...rest } = labels;
    if (part !== undefined && typeof value === 'number') times.set(targetKey(rest), Math.round(value * 1000));
  }
  return times;
}

function toSignalSample({ labels, value }: VectorSample, times: ReadonlyMap<string, number>): SignalSample {
  const { __name__: _, ...identity } = labels;
  // Without its own time a value could be of any age.
  return { labels: identity, value, sampledAtMs: times.get(targetKey(identity)) ?? 0 };
}

function toScrape({ labels, value }: VectorSample): Scrape {
  return { labels, up: value === 1 };
}
