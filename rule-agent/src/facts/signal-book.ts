import { BASELINE_READY, BASELINE_ZSCORE, SIGNAL_VALUE } from '@evenkeel/signals';
import type { SamplesBySignal, Scrape, SignalBook, SignalSample } from '../model/fact.ts';
import { LabelIndex } from '../model/label-index.ts';
import type { Rule } from '../model/rule.ts';
import { type Labels, targetKey } from '../model/target.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import type { VectorSample } from '../prometheus/samples.ts';

/** Tells the parts of the answer apart, for `or` does not look at names. */
export const SIGNAL_PART = 'evenkeel_part';

/**
 * Everything the signals say, in one request and of one moment: the values, how far they are from normal, the time at
 * which each was recorded, and which scrapes succeed.
 *
 * Prometheus repeats a series' last value for five minutes after it ended without saying so. `timestamp()` of a plain
 * selector is the sample's own time and gives that away; `up` gives away what a range function still computes from the
 * last samples of something that is gone.
 */
export const SIGNAL_QUERY = queryFor('', '');

/** The same without the distances from normal that no rule reads: mostly all of them, a third of the answer. */
export function signalQueryFor(rules: readonly Pick<Rule, 'facts'>[]): string {
  const read = rules
    .flatMap(({ facts }) => Object.values(facts))
    .flatMap((spec) => ('signal' in spec && spec.reading === 'zscore' ? [spec.signal] : []));
  return queryFor('', read.length === 0 ? undefined : anyOf([...new Set(read)].sort()));
}

/** Whether a query is one of these, whatever it is of. */
export function isSignalQuery(promql: string): boolean {
  return promql.startsWith(SIGNAL_VALUE) && promql.includes(`"${SIGNAL_PART}", "value_at"`);
}

/** The parts of an answer; those of distances from normal are left out where there is no matcher for them. */
function queryFor(values: string, zscores: string | undefined): string {
  const partWithTimes = (name: string, series: string) => [part(name, series), ...timesOf(name, series)];
  return [
    `${SIGNAL_VALUE}${values}`,
    ...timesOf('value', `${SIGNAL_VALUE}${values}`),
    ...(zscores === undefined ? [] : partWithTimes('zscore', `${BASELINE_ZSCORE}${zscores}`)),
    ...partWithTimes('ready', `${BASELINE_READY}${values}`),
    'up',
  ].join(' or ');
}

function anyOf(signals: readonly string[]): string {
  return `{signal=~"${signals.map(quotePattern).join('|')}"}`;
}

/** As a pattern that matches this text alone, within a string of PromQL. */
export function quotePattern(text: string): string {
  return JSON.stringify(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).slice(1, -1);
}

function part(name: string, expression: string): string {
  return `label_replace(${expression}, "${SIGNAL_PART}", "${name}", "", "")`;
}

/** One rule records all series of a signal at one time: it is asked for once, and apart from it only for those left behind. */
function timesOf(name: string, series: string): string[] {
  const newest = `max by (signal) (timestamp(${series}))`;
  return [
    part(`${name}_newest`, newest),
    part(`${name}_at`, `timestamp(${series}) < on (signal) group_left () ${newest}`),
  ];
}

/** Sorts the answer to `SIGNAL_QUERY` into a book; an answer that was evaluated too long ago is stale as a whole. */
export function* readSignalBook(result: QueryResult, maxAgeMs: number): Generator<void, SignalBook> {
  if (!result.ok) return { status: 'error', because: result.because };
  const evaluatedAtMs = result.samples[0]?.atMs ?? result.receivedAtMs;
  const stale = staleness(result, evaluatedAtMs, maxAgeMs);
  if (stale !== undefined) return { status: 'stale', because: stale };
  const parts = Map.groupBy(result.samples, partOf);
  yield;
  const samplesOf = (name: string) => parts.get(name) ?? [];
  const timed = function* (name: string): Generator<void, SamplesBySignal> {
    const times = new RecordingTimes(samplesOf(`${name}_newest`), samplesOf(`${name}_at`));
    return yield* bySignal(samplesOf(name), times);
  };
  return {
    status: 'ok',
    evaluatedAtMs,
    bySignal: yield* timed('value'),
    baselines: { zscore: yield* timed('zscore'), ready: yield* timed('ready') },
    scrapes: new LabelIndex(samplesOf('up').map(toScrape)),
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
  return labels[SIGNAL_PART] ?? (labels.__name__ === SIGNAL_VALUE ? 'value' : '');
}

/** When what is recorded was recorded: at the newest time of its signal, unless it has one of its own. */
class RecordingTimes {
  readonly #newest: ReadonlyMap<string, number>;
  readonly #own = new Map<string, Map<string, number>>();

  constructor(newest: readonly VectorSample[], own: readonly VectorSample[]) {
    this.#newest = new Map(newest.map(({ labels, value }) => [signalOf(labels), toMs(value)]));
    for (const [signal, samples] of Map.groupBy(own, ({ labels }) => signalOf(labels))) {
      this.#own.set(signal, new Map(samples.map(({ labels, value }) => [keyOf(labels), toMs(value)])));
    }
  }

  /** 0 where it is not known: without a time a value could be of any age. */
  of(labels: Labels): number {
    const signal = signalOf(labels);
    return this.#own.get(signal)?.get(keyOf(labels)) ?? this.#newest.get(signal) ?? 0;
  }
}

function* bySignal(values: readonly VectorSample[], times: RecordingTimes): Generator<void, SamplesBySignal> {
  const found = new Map<string, LabelIndex<SignalSample>>();
  for (const [signal, samples] of Map.groupBy(values, ({ labels }) => signalOf(labels))) {
    found.set(
      signal,
      new LabelIndex(samples.map(({ labels, value }) => ({ labels, value, sampledAtMs: times.of(labels) }))),
    );
    yield;
  }
  return found;
}

function signalOf({ signal = '' }: Labels): string {
  return signal;
}

function toMs(seconds: number | string): number {
  return typeof seconds === 'number' ? Math.round(seconds * 1000) : 0;
}

/** The name of a series in whichever part. */
function keyOf({ __name__: _name, [SIGNAL_PART]: _part, ...identity }: Labels): string {
  return targetKey(identity);
}

function toScrape({ labels, value }: VectorSample): Scrape {
  return { labels, up: value === 1 };
}
