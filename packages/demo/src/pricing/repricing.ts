import type { Clock, Logger } from '@evenkeel/toolkit';
import type { Queryable } from '../database/index.ts';
import type { BusinessClock } from '../warehouse/index.ts';
import { DirtySkus } from './dirty-skus.ts';
import { readTasks, writePrices } from './history.ts';
import { PricingThread } from './thread.ts';

export interface RepricingOptions {
  database: Queryable;
  businessClock: BusinessClock;
  clock: Clock;
  logger: Logger;
  batchSize: () => number;
  concurrency: () => number;
}

const PACE_MS = 1000;
const MOST_LANES = 16;

/** The job in the background that finds prices: a batch a second on each of its threads, as long as there is work. */
export class Repricing {
  readonly #options: RepricingOptions;
  readonly #dirty = new DirtySkus();
  readonly #stopping = new AbortController();
  #lanes: Promise<void>[] = [];
  #storm: NodeJS.Timeout | undefined;

  constructor(options: RepricingOptions) {
    this.#options = options;
  }

  start(): void {
    this.#lanes = Array.from({ length: MOST_LANES }, (_, lane) => this.#runLane(lane));
  }

  async stop(): Promise<void> {
    await this.endStorm();
    this.#stopping.abort();
    await Promise.all(this.#lanes);
  }

  markSold(skus: readonly string[], at: Date): void {
    this.#dirty.markSold(skus, at);
  }

  /** A fault: every second the whole catalogue is to be priced again. */
  async beginStorm(): Promise<void> {
    if (this.#storm !== undefined) return;
    const skus = (
      await this.#options.database.query<{ sku: string }>('select sku from warehouse.products')
    ).map(({ sku }) => sku);
    this.#dirty.markAll(skus);
    this.#storm = setInterval(() => this.#dirty.markAll(skus), PACE_MS);
  }

  endStorm(): Promise<void> {
    clearInterval(this.#storm);
    if (this.#storm !== undefined) this.#dirty.clear();
    this.#storm = undefined;
    return Promise.resolve();
  }

  async #runLane(lane: number): Promise<void> {
    const { clock, logger, concurrency } = this.#options;
    const { signal } = this.#stopping;
    const thread = new PricingThread();
    while (!this.#isStopping()) {
      const startedMs = clock.now();
      try {
        if (lane < concurrency()) await this.#priceBatch(thread);
        else await thread.stop();
      } catch (error) {
        if (!signal.aborted)
          logger.error({ err: error }, 'repricing failed; its products wait for their next turn');
      }
      await clock.sleep(Math.max(0, PACE_MS - (clock.now() - startedMs)), signal).catch(() => undefined);
    }
    await thread.stop();
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #priceBatch(thread: PricingThread): Promise<void> {
    const skus = this.#dirty.take(this.#options.batchSize());
    if (skus.length === 0) return;
    const { database, businessClock } = this.#options;
    const now = await businessClock.now();
    const tasks = await readTasks(database, skus, now);
    await writePrices(database, await thread.compute(tasks, this.#stopping.signal), now);
  }
}
