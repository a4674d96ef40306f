import type { Clock, Logger } from '@evenkeel/toolkit';
import type { Database } from '../database/index.ts';
import type { BusinessClock } from './business-clock.ts';
import { lastReviewAt, reviewStock } from './replenishment.ts';

export interface ReplenishmentOptions {
  database: Database;
  businessClock: BusinessClock;
  clock: Clock;
  logger: Logger;
  reorderPointMultiplier: () => number;
}

const LOOK_EVERY_MS = 1000;
const REVIEW_EVERY_BUSINESS_MS = 6 * 3_600_000;

/** The buyer in the background: reviews stock every six hours of business time. */
export class ReplenishmentJob {
  readonly #options: ReplenishmentOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: ReplenishmentOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, logger } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#reviewIfDue();
      } catch (error) {
        logger.warn({ err: error }, 'stock was not reviewed; the next look tries again');
      }
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  }

  async #reviewIfDue(): Promise<void> {
    const { database, businessClock, reorderPointMultiplier } = this.#options;
    const at = await businessClock.now();
    const lastAt = await lastReviewAt(database);
    if (lastAt !== undefined && at.getTime() - lastAt.getTime() < REVIEW_EVERY_BUSINESS_MS) return;
    await reviewStock(database, { at, reorderPointMultiplier: reorderPointMultiplier() });
  }
}
