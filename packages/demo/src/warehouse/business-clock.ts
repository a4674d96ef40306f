import type { Database } from '../database/index.ts';
import { Refusal } from './refusal.ts';

const DAY_MS = 86_400_000;
/** Over closed days, Christmas included, time jumps by less than this. */
const LARGEST_JUMP_MS = 31 * DAY_MS;
const SMALLEST_STEP_MS = 10_000;

/** The time in the warehouse: that of the latest thing that happened there. It never goes back. */
export class BusinessClock {
  readonly #database: Database;
  #writtenMs = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  async now(): Promise<Date> {
    const [row] = await this.#database.query<{ now_at: Date }>('select now_at from warehouse.business_clock');
    this.#writtenMs = row!.now_at.getTime();
    return row!.now_at;
  }

  /**
   * Lets something happen at `at`; business time is then at least that.
   *
   * @throws Refusal TIME_OUT_OF_RANGE when that is a month and more ahead: one wrong year would stop the clock for good
   */
  async advance(at: Date): Promise<void> {
    if (at.getTime() < this.#writtenMs + SMALLEST_STEP_MS && this.#writtenMs > 0) return;
    const latest = (await this.now()).getTime() + LARGEST_JUMP_MS;
    if (at.getTime() > latest) {
      throw new Refusal(
        'TIME_OUT_OF_RANGE',
        `${at.toISOString()} is later than ${new Date(latest).toISOString()}`,
      );
    }
    // Its own statement and not part of a transaction: all requests would wait for the one that holds this row.
    await this.#database.query('update warehouse.business_clock set now_at = $1 where now_at < $1', [at]);
    this.#writtenMs = at.getTime();
  }
}
