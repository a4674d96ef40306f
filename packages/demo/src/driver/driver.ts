import { type Clock, formatDuration, type Logger } from '@evenkeel/toolkit';
import { readTradingDays, type TradingDay } from '../dataset/index.ts';
import { runCrawler } from './crawler.ts';
import { Customers } from './customers.ts';
import { shiftDay } from './data-rounds.ts';
import { FaultWatch } from './fault-watch.ts';
import { persist } from './persistence.ts';
import { runPickers } from './pickers.ts';
import { inRounds } from './rounds.ts';
import { runShoppers } from './shoppers.ts';
import { Statistics } from './statistics.ts';
import { runSuppliers } from './suppliers.ts';
import { TradingClock } from './trading-clock.ts';
import { WarehouseClient } from './warehouse-client.ts';
import type { World } from './world.ts';

export interface DriverOptions {
  apiUrl: string;
  daysPerMinute: number;
  /** Begins again at the end of the data. */
  endless: boolean;
  clock: Clock;
  logger: Logger;
  random?: () => number;
}

const FAULT_LOOK_MS = 1000;
const STATISTICS_MS = 30_000;

/** The world outside the warehouse. */
export class Driver {
  readonly #options: DriverOptions;
  readonly #stopping = new AbortController();
  readonly #world: World;
  #running: Promise<void> = Promise.resolve();
  readonly #finished = Promise.withResolvers<number>();
  #reachable = true;

  constructor(options: DriverOptions) {
    const { apiUrl, clock, daysPerMinute, logger, random = Math.random } = options;
    this.#options = options;
    const client = new WarehouseClient({ url: apiUrl, onAnswer: (reachable) => this.#noteAnswer(reachable) });
    this.#world = {
      client,
      trading: new TradingClock({ clock, daysPerMinute }),
      clock,
      daysPerMinute,
      faults: new FaultWatch(client),
      statistics: new Statistics(),
      logger,
      signal: this.#stopping.signal,
      random,
    };
  }

  /** Resolves with the exit code when all of the data is played. */
  get finished(): Promise<number> {
    return this.#finished.promise;
  }

  start(): void {
    this.#running = this.#play();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#world.client.close();
    await this.#running;
  }

  async #play(): Promise<void> {
    const world = this.#world;
    const others = [
      inRounds(world, FAULT_LOOK_MS, () => world.faults.look()),
      inRounds(world, STATISTICS_MS, () => this.#report()),
      runPickers(world),
      runSuppliers(world),
      runShoppers(world),
      runCrawler(world),
    ];
    try {
      await this.#playDays();
      this.#finished.resolve(0);
    } catch (error) {
      if (!world.signal.aborted) {
        world.logger.error({ err: error }, 'the driver cannot go on');
        this.#finished.resolve(1);
      }
    }
    await Promise.allSettled(others);
  }

  async #playDays(): Promise<void> {
    const { endless, logger } = this.#options;
    const customers = new Customers(this.#world);
    const resumeAt = await this.#askBusinessTime();
    for (let round = 0; ; round += 1) {
      for await (const day of readTradingDays())
        await this.#playDay(customers, shiftDay(day, round), resumeAt);
      if (!endless) break;
      logger.info('all of the data is played; it begins again');
    }
    logger.info('all of the data is played');
  }

  async #playDay(customers: Customers, day: TradingDay, resumeAt: number): Promise<void> {
    if (day.closesAt < resumeAt) return;
    const { trading, logger } = this.#world;
    trading.openDay(day, resumeAt);
    logger.info(
      { day: new Date(day.opensAt).toISOString().slice(0, 10), events: day.events.length },
      'the day begins',
    );
    await customers.playDay(day);
  }

  async #askBusinessTime(): Promise<number> {
    const { client, clock, signal } = this.#world;
    const { now_at } = await persist(() => client.get<{ now_at: string }>('/clock'), clock, signal);
    return Date.parse(now_at);
  }

  #report(): Promise<void> {
    const { statistics, trading, logger } = this.#world;
    logger.info(
      { business_time: new Date(trading.now()).toISOString(), ...statistics.take() },
      `the last ${formatDuration(STATISTICS_MS)}`,
    );
    return Promise.resolve();
  }

  // Business time stands still while the API is away: what the day still brings is then not late by itself.
  #noteAnswer(reachable: boolean): void {
    if (reachable === this.#reachable || this.#stopping.signal.aborted) return;
    this.#reachable = reachable;
    const { trading, logger } = this.#world;
    if (reachable) {
      trading.resume();
      logger.info('the warehouse answers again');
    } else {
      trading.pause();
      logger.warn('the warehouse does not answer; waiting for it');
    }
  }
}
