import { type Clock, createLoop, type Logger, type Loop, messageOf } from '@evenkeel/toolkit';
import type { Alertmanagers, WriteAhead } from '../actions/index.ts';
import { createSilence, episodeOf, expireSilence, readSilences, type Silence } from '../actions/silences.ts';
import type { AlertsSilenced, AlertsUnsilenced } from '../model/event.ts';
import type { History, OpenEpisode } from '../model/history.ts';

export interface SilencesOptions {
  alertmanagers: Alertmanagers;
  history: History;
  /** One that stands by leaves silences alone. */
  isActive: () => boolean;
  /** Whether an episode is of our journal: another agent may use the same Alertmanager. */
  knows: (episode: string) => Promise<boolean>;
  writeAhead: WriteAhead;
  record: (events: readonly (AlertsSilenced | AlertsUnsilenced)[]) => Promise<void>;
  clock: Clock;
  logger: Logger;
  onFailure: () => void;
  /** How many silences are in force, as far as is known. */
  onKept: (silences: number) => void;
}

/** What failed is tried again, and what came too late is found, this much later. */
const EVERY_MS = 10_000;

/**
 * Keeps in each Alertmanager one silence for each action that is under way and wants one, and no other of ours.
 *
 * It compares what should be with what is there, beside the other loops: after a restart, a lost response or a crash it mends
 * what it finds. Each silence ends by itself, too, should nobody be left to end it. When the agent stops, silences stay: the
 * actions that they are for are under way, and are found again by the next agent.
 */
export function createSilences(options: SilencesOptions): Loop {
  const { alertmanagers, clock, isActive, logger, onKept, onFailure } = options;
  const kept = Object.keys(alertmanagers).map((system) => new KeptSilences(system, options));
  const keepAll = async () => {
    if (!isActive()) {
      for (const one of kept) one.forget();
      return;
    }
    const failures = (await Promise.all(kept.map((one) => one.keep()))).filter((because) => because !== '');
    onKept(kept.reduce((sum, { size }) => sum + size, 0));
    for (const _failure of failures) onFailure();
    if (failures.length > 0) throw new Error(failures.join('; '));
  };
  return createLoop({ name: 'silences', run: keepAll, clock, logger, intervalMs: EVERY_MS });
}

/** The silences in one Alertmanager. */
class KeptSilences {
  readonly #system: string;
  readonly #options: SilencesOptions;
  /** The episodes whose silences are there; undefined when it has to be looked. */
  #standing: ReadonlySet<string> | undefined;

  constructor(system: string, options: SilencesOptions) {
    this.#system = system;
    this.#options = options;
  }

  get size(): number {
    return this.#standing?.size ?? 0;
  }

  forget(): void {
    this.#standing = undefined;
  }

  /** Makes what is there what should be; gives back why it could not, or an empty text. */
  async keep(): Promise<string> {
    try {
      const wanted = this.#wanted();
      if (this.#standing !== undefined && isSame(this.#standing, wanted)) return '';
      this.#standing = undefined;
      const because = await this.#mend(wanted);
      if (because === '') this.#standing = new Set(wanted.keys());
      return because;
    } catch (error) {
      return messageOf(error);
    }
  }

  #wanted(): Map<string, Wanted> {
    const { history, clock } = this.#options;
    const wanted = [...history.openEpisodes.values()].flatMap((episode) => {
      const found = wantedOf(episode, this.#system);
      // What is being reverted went wrong: people should hear of it.
      const isOver = found === undefined || found.endMs <= clock.now();
      return isOver || history.reverts.has(episode.decided.episode) ? [] : [found];
    });
    return new Map(wanted.map((one) => [one.episode.decided.episode, one]));
  }

  async #mend(wanted: ReadonlyMap<string, Wanted>): Promise<string> {
    const endpoint = this.#options.alertmanagers[this.#system]!;
    const read = await readSilences(endpoint, this.#system);
    if (read.kind === 'unreadable') return read.because;
    const found = Map.groupBy(read.silences, (silence) => episodeOf(silence, 'while_acting'));
    const failures: string[] = [];
    for (const [id, one] of wanted) failures.push(await this.#silence(one, found.has(id)));
    for (const [id, silences] of found) {
      if (id !== undefined && !wanted.has(id)) failures.push(await this.#unsilence(id, silences));
    }
    return failures.filter((because) => because !== '').join('; ');
  }

  async #silence({ episode, matchers, endMs }: Wanted, isThere: boolean): Promise<string> {
    const { alertmanagers, clock, record, writeAhead } = this.#options;
    const { episode: id, rule } = episode.decided;
    const silence = {
      purpose: 'while_acting',
      matchers,
      startMs: clock.now(),
      endMs,
      episode: id,
      rule,
    } as const;
    if (!isThere) {
      await writeAhead([]);
      const result = await createSilence(alertmanagers[this.#system]!, this.#system, silence);
      if (result.kind !== 'applied') return 'because' in result ? result.because : result.kind;
    }
    if (episode.silenced !== true) {
      const event = { system: this.#system, matchers, endsAt: endMs, episode: id, rule };
      await record([{ kind: 'alerts_silenced', at: clock.now(), ...event }]);
    }
    return '';
  }

  async #unsilence(episode: string, silences: readonly Silence[]): Promise<string> {
    const { alertmanagers, clock, knows, record, writeAhead } = this.#options;
    if (!(await knows(episode))) return '';
    await writeAhead([]);
    for (const silence of silences) {
      const result = await expireSilence(alertmanagers[this.#system]!, this.#system, silence);
      if (result.kind !== 'applied') return 'because' in result ? result.because : result.kind;
    }
    const rule = ruleIn(silences[0]!);
    await record([{ kind: 'alerts_unsilenced', at: clock.now(), system: this.#system, episode, rule }]);
    return '';
  }
}

interface Wanted {
  episode: OpenEpisode;
  matchers: Readonly<Record<string, string>>;
  endMs: number;
}

/** What an episode wants of an Alertmanager: nothing before it has started. */
function wantedOf(episode: OpenEpisode, system: string): Wanted | undefined {
  const { startedAtMs, decided } = episode;
  const { silence } = decided;
  if (silence?.system !== system || startedAtMs === undefined) return undefined;
  return { episode, matchers: silence.matchers, endMs: startedAtMs + silence.mostMs };
}

function ruleIn({ comment }: Silence): string {
  return comment.split(' of rule ', 2)[1] ?? '';
}

function isSame(standing: ReadonlySet<string>, wanted: ReadonlyMap<string, unknown>): boolean {
  return standing.size === wanted.size && [...wanted.keys()].every((id) => standing.has(id));
}
