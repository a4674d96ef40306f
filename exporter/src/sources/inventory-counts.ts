import { type EventQuery, LedgerStale } from '@evenkeel/inventory';
import { type Logger, messageOf } from '@evenkeel/toolkit';
import type { Database, RunQuery } from './database.ts';
import { QueryFailed } from './database.ts';
import { EVENT_LIMITS, EventCounter, type EventLimits } from './inventory-events.ts';
import type { Answer } from './inventory-queries.ts';
import type { StateFile } from './inventory-state.ts';

export interface EventCountsOptions {
  database: Database;
  events: readonly EventQuery[];
  logger: Logger;
  /** Without one, all is counted from scratch after a restart. */
  stateFile?: StateFile;
  limits?: EventLimits;
  /** Limit of counting one query from scratch. */
  countTimeoutMs: number;
}

const SAVE_EVERY_MS = 60_000;

/** The counts of all event queries of one database. */
export class EventCounts {
  readonly #options: EventCountsOptions;
  #counters: Promise<EventCounter[]> | undefined;
  #counting: Promise<void> | undefined;
  #savedAtMs = 0;
  #saving: Promise<void> = Promise.resolve();
  readonly #countErrors = new Map<EventCounter, Error>();
  readonly #reasons = new Map<EventCounter, string>();

  constructor(options: EventCountsOptions) {
    this.#options = options;
  }

  /** Takes over what changed, in the snapshot of `run`. What cannot be followed any more waits for `countMissing`. */
  async follow(run: RunQuery): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const counter of await this.#load())
      if (counter.isCounted) answers.push(await this.#followOne(counter, run));
    return answers.filter(({ mapped }) => mapped.readings.length > 0 || mapped.errors.length > 0);
  }

  /** Whether some query has to be counted from scratch. */
  async isIncomplete(): Promise<boolean> {
    return (await this.#load()).some(({ isCounted }) => !isCounted);
  }

  /**
   * Counts from scratch what is not counted yet. It may take longer than a scrape: then it goes on by itself, and those
   * who ask again wait for the same count.
   */
  countMissing(): Promise<void> {
    this.#counting ??= this.#countAll().finally(() => (this.#counting = undefined));
    return this.#counting;
  }

  /** The figures of the queries that were counted just now, or why they are missing. */
  async readUncounted(run: RunQuery, before: ReadonlySet<string>): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const counter of await this.#load()) {
      if (before.has(counter.query.name)) continue;
      const error = this.#countErrors.get(counter);
      answers.push(error === undefined ? await readOne(counter, run) : failed(counter, error));
    }
    return answers;
  }

  async save(now: number): Promise<void> {
    if (now - this.#savedAtMs < SAVE_EVERY_MS) return this.#saving;
    this.#savedAtMs = now;
    return this.#write();
  }

  /** Keeps what is counted; a count from scratch that is under way is given up. */
  async close(): Promise<void> {
    await this.#saving;
    await this.#write();
  }

  #load(): Promise<EventCounter[]> {
    this.#counters ??= this.#loadState();
    return this.#counters;
  }

  async #loadState(): Promise<EventCounter[]> {
    const { events, stateFile, limits = EVENT_LIMITS } = this.#options;
    const saved = events.length === 0 ? undefined : await stateFile?.load(events);
    return events.map((query) => new EventCounter(query, limits, saved?.get(query.name)));
  }

  async #followOne(counter: EventCounter, run: RunQuery): Promise<Answer> {
    try {
      await counter.follow(run, this.#options.database);
      this.#reasons.delete(counter);
      return await readOne(counter, run);
    } catch (error) {
      if (error instanceof LedgerStale) {
        this.#noteStale(counter, error.message);
        counter.forget();
        return { name: counter.query.name, mapped: { readings: [], errors: [] } };
      }
      if (error instanceof QueryFailed || isOfTheResult(error)) return failed(counter, error as Error);
      throw error;
    }
  }

  #noteStale(counter: EventCounter, reason: string): void {
    if (this.#reasons.get(counter) === reason) return;
    this.#reasons.set(counter, reason);
    const { database, logger } = this.#options;
    logger.warn({ database: database.name, events: counter.query.name, reason }, 'counting from scratch');
  }

  async #countAll(): Promise<void> {
    const { database, countTimeoutMs } = this.#options;
    for (const counter of await this.#load()) {
      if (counter.isCounted) continue;
      this.#countErrors.delete(counter);
      try {
        await counter.count(database, countTimeoutMs);
      } catch (error) {
        this.#countErrors.set(counter, error as Error);
      }
    }
  }

  #write(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      const { stateFile, logger, database } = this.#options;
      if (stateFile === undefined || this.#counters === undefined) return;
      const counts = (await this.#counters).flatMap(({ query, state }) =>
        state === undefined ? [] : [{ query, saved: state }],
      );
      if (counts.length === 0) return;
      await stateFile.save(counts).catch((error: unknown) => {
        logger.warn({ database: database.name, error: messageOf(error) }, 'the counts could not be saved');
      });
    });
    return this.#saving;
  }
}

async function readOne(counter: EventCounter, run: RunQuery): Promise<Answer> {
  try {
    return { name: counter.query.name, mapped: { readings: await counter.readings(run), errors: [] } };
  } catch (error) {
    if (error instanceof QueryFailed || isOfTheResult(error)) return failed(counter, error as Error);
    throw error;
  }
}

function failed({ query }: EventCounter, error: Error): Answer {
  const message = error instanceof QueryFailed ? `events ${query.name}: ${error.message}` : error.message;
  return { name: query.name, mapped: { readings: [], errors: [new Error(message, { cause: error })] } };
}

/** Not `instanceof`: the message names the query, whatever class it is. */
function isOfTheResult(error: unknown): boolean {
  return (error as Error).message.startsWith('events ');
}
