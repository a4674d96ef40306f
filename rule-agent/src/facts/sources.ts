import { type Clock, inTurns } from '@evenkeel/toolkit';
import type { Facts } from '../model/fact.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import type { Prometheus } from '../prometheus/client.ts';
import type { Range, RangeResult } from '../prometheus/range.ts';
import { readFacts, type ReadRequest } from './read-facts.ts';
import { isSignalQuery, readSignalBook, SIGNAL_QUERY } from './signal-book.ts';
import { type Health, HEALTHS, judgeSource, type SourceLook } from './source-health.ts';

/** One Prometheus, or something that answers like one. */
export interface Source {
  name: string;
  /** Without credentials. */
  url: string;
  prometheus: Prometheus;
}

export interface SourceStatus extends Omit<SourceLook, 'health'> {
  name: string;
  url: string;
  /** Whether the last facts come from it. */
  active: boolean;
  health: Health;
  /** Since when it has been well without a break; absent while it is not. */
  soundSinceMs?: number;
  lookedAtMs?: number;
}

export interface SourceListener {
  onLook: (source: string, look: SourceLook) => void;
  /** Facts now come from another endpoint than before, or from the first one. */
  onActive: (source: string, before: SourceStatus | undefined) => void;
}

export interface SourcesOptions {
  /** The preferred one first. */
  sources: readonly Source[];
  clock: Clock;
  maxAgeMs: number;
  /** How often those are looked at that no facts are read from. */
  lookEveryMs: number;
  /** How long one that failed has to be well before it is preferred again. */
  returnAfterMs: number;
  listener?: SourceListener;
}

export interface Sources {
  /** All facts of a cycle, all from one endpoint: the first that is well, else the one that is least unwell. */
  read: (request: Omit<ReadRequest, 'prometheus' | 'maxAgeMs'>) => Promise<Facts>;
  /** One question beside the facts, to the endpoint that these come from; nothing is concluded from how it goes. */
  ask: (promql: string) => Promise<QueryResult>;
  /** The same over a range. */
  askRange: (promql: string, range: Range) => Promise<RangeResult>;
  statuses: () => SourceStatus[];
}

const SILENT: SourceListener = { onLook: () => undefined, onActive: () => undefined };

export function createSources(options: SourcesOptions): Sources {
  const { clock, maxAgeMs, lookEveryMs, returnAfterMs, listener = SILENT } = options;
  const watched = options.sources.map((source) => new WatchedSource(source));
  let active: WatchedSource | undefined;

  const note = (source: WatchedSource, { signals, results }: Reading) => {
    const look = judgeSource({ signals, results, maxAgeMs, lastNewestMs: source.newestSampleMs });
    source.note(look, clock.now());
    listener.onLook(source.name, look);
  };
  const choose = (source: WatchedSource) => {
    if (source === active) return;
    const before = active;
    active = source;
    listener.onActive(source.name, before?.status(false));
  };
  const lookAtOthers = () => {
    const dueMs = clock.now() - lookEveryMs;
    for (const source of watched) {
      if (source === active || source.isAsked || source.lookedAtMs >= dueMs) continue;
      // Nobody waits for it: one that hangs must not hold up the facts of another.
      void source.look(maxAgeMs).then((reading) => note(source, reading));
    }
  };
  return {
    async read(request) {
      let best: { source: WatchedSource; facts: Facts } | undefined;
      for (const source of inOrder(watched, { active, settledMs: clock.now() - returnAfterMs })) {
        if (best !== undefined && !source.mayBeBetterThan(best.source)) continue;
        const reading = await source.read({ ...request, maxAgeMs });
        note(source, { ...reading, signals: reading.facts.signals });
        if (best === undefined || source.mayBeBetterThan(best.source))
          best = { source, facts: reading.facts };
        if (source.health === 'sound') break;
      }
      const { source, facts } = best!;
      choose(source);
      lookAtOthers();
      return { ...facts, readFrom: source.name };
    },
    ask: (promql) => (active ?? watched[0]!).prometheus.query(promql),
    askRange: (promql, range) => (active ?? watched[0]!).prometheus.queryRange(promql, range),
    statuses: () => watched.map((source) => source.status(source === active)),
  };
}

interface Standing {
  active: WatchedSource | undefined;
  /** Who has been well since before this is settled. */
  settledMs: number;
}

/**
 * In which order they are asked: who is well and settled, by preference; then those of which nothing is known or that
 * have only just recovered; then those that are not well. Of equals that are not well the active one is kept.
 */
function inOrder(sources: readonly WatchedSource[], { active, settledMs }: Standing): WatchedSource[] {
  const placeOf = (source: WatchedSource) => {
    const sound = source.health === 'sound';
    if (sound && (source === active || source.soundSinceMs! <= settledMs)) return 0;
    const group = sound || source.health === 'unknown' ? 1 : source.health === 'degraded' ? 2 : 3;
    return group + (source === active ? 0 : 0.5);
  };
  return sources.toSorted((a, b) => placeOf(a) - placeOf(b));
}

interface Reading {
  signals: Facts['signals'];
  results: readonly QueryResult[];
}

/** An endpoint with what is known of it. */
class WatchedSource {
  readonly #source: Source;
  #last: SourceLook | undefined;
  soundSinceMs: number | undefined;
  lookedAtMs = -Infinity;
  isAsked = false;

  constructor(source: Source) {
    this.#source = source;
  }

  get name(): string {
    return this.#source.name;
  }

  get prometheus(): Prometheus {
    return this.#source.prometheus;
  }

  get health(): Health {
    return this.#last?.health ?? 'unknown';
  }

  get newestSampleMs(): number | undefined {
    return this.#last?.newestSampleMs;
  }

  mayBeBetterThan(other: WatchedSource): boolean {
    return HEALTHS.indexOf(this.health) > HEALTHS.indexOf(other.health);
  }

  note(look: SourceLook, atMs: number): void {
    // The first look counts as if it had always been so: there is nothing that it recovered from.
    if (look.health !== 'sound') this.soundSinceMs = undefined;
    else this.soundSinceMs ??= this.#last === undefined ? -Infinity : atMs;
    this.lookedAtMs = atMs;
    this.#last = look;
  }

  async read(request: Omit<ReadRequest, 'prometheus'>): Promise<{ facts: Facts; results: QueryResult[] }> {
    const results: QueryResult[] = [];
    const query = async (promql: string) => {
      const result = await this.#source.prometheus.query(promql);
      if (isSignalQuery(promql)) results.unshift(result);
      else results.push(result);
      return result;
    };
    return { facts: await readFacts({ ...request, prometheus: { query } }), results };
  }

  /** The signals alone: enough to tell whether facts could be read from it. */
  async look(maxAgeMs: number): Promise<Reading> {
    this.isAsked = true;
    const result = await this.#source.prometheus.query(SIGNAL_QUERY);
    this.isAsked = false;
    return { signals: await inTurns(readSignalBook(result, maxAgeMs)), results: [result] };
  }

  status(active: boolean): SourceStatus {
    const { name, url } = this.#source;
    return {
      ...(this.#last ?? { because: 'not looked at yet' }),
      ...{ name, url, active, health: this.health },
      ...(this.soundSinceMs !== undefined && { soundSinceMs: this.soundSinceMs }),
      ...(this.lookedAtMs > 0 && { lookedAtMs: this.lookedAtMs }),
    };
  }
}
