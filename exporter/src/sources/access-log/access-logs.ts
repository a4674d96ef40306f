import { type Clock, type Logger, within } from '@evenkeel/toolkit';
import { AccessLog, type AccessLogReading, type AccessLogSettings } from './access-log.ts';
import { type NamedPositions, Positions } from './positions.ts';

const SAVE_MS = 5_000;
/** A file system that hangs must not keep the exporter from starting. */
const FIRST_LOOK_MS = 2_000;

export interface AccessLogsOptions {
  clock: Clock;
  logger: Logger;
  /** Directory where positions are kept over a restart. */
  statePath: string | undefined;
}

/** The access logs of a config. They outlive a reload, so that their counters never go back within a process. */
export class AccessLogs {
  readonly #options: AccessLogsOptions;
  readonly #positions: Positions | undefined;
  readonly #abort = new AbortController();
  readonly #logs = new Map<string, AccessLog>();
  #paths = new Map<string, string>();
  #saved: NamedPositions = {};
  #saving: Promise<void> | undefined;

  constructor(options: AccessLogsOptions) {
    this.#options = options;
    if (options.statePath !== undefined) this.#positions = new Positions(options.statePath, options.logger);
  }

  /** Begins to follow; when this is done, what is written from then on is counted. */
  async start(settings: readonly AccessLogSettings[]): Promise<void> {
    if (settings.length > 0) this.#saved = (await this.#positions?.load(this.#options.clock.now())) ?? {};
    await this.configure(settings);
    this.#saved = {};
    if (this.#positions !== undefined) this.#saving = this.#saveAgainAndAgain(this.#abort.signal);
  }

  /** Takes over another config: logs that are new are opened, those that are gone closed, the others go on. */
  async configure(settings: readonly AccessLogSettings[]): Promise<void> {
    this.#paths = new Map(settings.map(({ name, path }) => [name, path]));
    const gone = [...this.#logs].filter(([name]) => !this.#paths.has(name));
    for (const [name] of gone) this.#logs.delete(name);
    const work = [...settings.map((one) => this.#take(one)), ...gone.map(([, log]) => log.stop())];
    await within(FIRST_LOOK_MS, Promise.all(work));
  }

  /** What is known of all logs after a last look; of one whose look is not done when the signal aborts, an older state. */
  read(signal: AbortSignal): Promise<LookedAt[]> {
    return Promise.all([...this.#logs.values()].map((log) => lookAt(log, signal)));
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#saving;
    await within(FIRST_LOOK_MS, Promise.all([...this.#logs.values()].map((log) => log.stop())));
    await this.#save();
  }

  async #take(settings: AccessLogSettings): Promise<void> {
    const known = this.#logs.get(settings.name);
    if (known !== undefined) return known.configure(settings);
    const { clock, logger } = this.#options;
    const saved = this.#saved[settings.name];
    const log = new AccessLog({ settings, clock, logger, ...(saved?.path === settings.path && { saved }) });
    this.#logs.set(settings.name, log);
    await log.start();
  }

  async #saveAgainAndAgain(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    try {
      for (;;) {
        await clock.sleep(SAVE_MS, signal);
        await this.#save();
      }
    } catch {
      // Stopped: the last positions are saved when nothing is read any more.
    }
  }

  async #save(): Promise<void> {
    const positions: NamedPositions = {};
    for (const [name, log] of this.#logs) {
      const position = log.position();
      if (position !== undefined) positions[name] = { ...position, path: this.#paths.get(name)! };
    }
    if (this.#logs.size > 0) await this.#positions?.save(positions, this.#options.clock.now());
  }
}

export interface LookedAt {
  reading: AccessLogReading;
  /** Whether the look was done in time. */
  isFresh: boolean;
}

async function lookAt(log: AccessLog, signal: AbortSignal): Promise<LookedAt> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const onAbort = () => resolve(false);
  signal.addEventListener('abort', onAbort, { once: true });
  const isFresh = await Promise.race([log.turn().then(() => true), late]);
  signal.removeEventListener('abort', onAbort);
  return { reading: log.reading(), isFresh };
}
