import { type Clock, type Logger, messageOf, type Part } from '@evenkeel/toolkit';
import type { AlertsSilenced, AlertsUnsilenced } from '../model/event.ts';
import type { History, OpenEpisode } from '../model/history.ts';
import type { Alertmanagers } from '../actions/kinds/alertmanager-silence.ts';
import {
  createSilence,
  episodeOf,
  expireSilence,
  readSilences,
  type Silence,
} from '../actions/kinds/silences.ts';

export interface SilenceKeeperOptions {
  alertmanagers: Alertmanagers;
  history: History;
  /** Whether this agent may act; one that stands by leaves silences alone. */
  leads: () => boolean;
  /** Whether an episode is of our journal: another agent may use the same Alertmanager. */
  knows: (episode: string) => Promise<boolean>;
  record: (events: readonly (AlertsSilenced | AlertsUnsilenced)[]) => Promise<void>;
  clock: Clock;
  logger: Logger;
  onFailure: () => void;
  /** How many silences are in force, as far as is known. */
  onKept: (silences: number) => void;
}

export interface SilenceKeeper extends Part {
  /** To be called when episodes begin or end. It returns at once: no action waits for a silence. */
  wake: () => void;
}

/** What failed is tried again, and what came too late is found, this much later. */
const LOOK_EVERY_MS = 10_000;

/**
 * Keeps in each Alertmanager one silence for each action that is under way and wants one, and no other of ours.
 *
 * It compares what should be with what is there, beside the cycles: after a restart, a lost answer or a crash it mends
 * what it finds. Each silence ends by itself, too, should nobody be left to end it.
 */
export function createSilenceKeeper(options: SilenceKeeperOptions): SilenceKeeper {
  const { alertmanagers, clock, leads, logger } = options;
  const stopping = new AbortController();
  const shelves = Object.keys(alertmanagers).map((system) => new Shelf(system, options));
  let woken = Promise.withResolvers<void>();
  let running: Promise<void> = Promise.resolve();
  let trouble = '';

  const keepAll = async () => {
    if (!leads()) {
      for (const shelf of shelves) shelf.forget();
      return;
    }
    const failures = (await Promise.all(shelves.map((shelf) => shelf.keep()))).filter(
      (because) => because !== '',
    );
    for (const _because of failures) options.onFailure();
    options.onKept(shelves.reduce((sum, shelf) => sum + shelf.size, 0));
    const because = failures.join('; ');
    if (because !== trouble && because !== '') logger.warn({ because }, 'alerts cannot be silenced');
    trouble = because;
  };
  const loop = async () => {
    while (!stopping.signal.aborted) {
      const turn = woken.promise;
      await keepAll();
      const resting = new AbortController();
      const rest = clock.sleep(LOOK_EVERY_MS, resting.signal).catch(() => undefined);
      await Promise.race([turn, rest]);
      resting.abort();
      await rest;
    }
  };
  const wake = () => {
    woken.resolve();
    woken = Promise.withResolvers();
  };
  return {
    name: 'silences',
    wake,
    start() {
      if (shelves.length > 0) running = loop();
    },
    // Silences stay: the actions that they are for are under way, and are found again by the next agent.
    async stop() {
      stopping.abort();
      wake();
      await running;
    },
  };
}

/** The silences in one Alertmanager. */
class Shelf {
  readonly #system: string;
  readonly #options: SilenceKeeperOptions;
  /** The episodes whose silences are there; undefined when it has to be looked. */
  #standing: ReadonlySet<string> | undefined;

  constructor(system: string, options: SilenceKeeperOptions) {
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
      // What is being taken back went wrong: people should hear of it.
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
    const { alertmanagers, clock, record } = this.#options;
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
    const { alertmanagers, clock, knows, record } = this.#options;
    if (!(await knows(episode))) return '';
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
