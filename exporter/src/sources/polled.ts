import { type Clock, messageOf } from '@evenkeel/toolkit';

export interface PolledOptions {
  /** From one answer to the next question. */
  intervalMs: number;
  clock: Clock;
}

export interface PolledValue<Value> {
  value: Value;
  /** When it was asked for, in milliseconds since the epoch. */
  takenAtMs: number;
}

/** An answer older than this many intervals is not the state of now any more: the question hangs. */
const MAX_AGE_INTERVALS = 5;

/** A value that is asked for in the background, again and again, since asking takes too long for a scrape. */
export class Polled<Value> {
  readonly #ask: () => Promise<Value>;
  readonly #options: PolledOptions;
  readonly #stop = new AbortController();
  #startedAtMs = 0;
  #last: PolledValue<Value> | undefined;
  #error: unknown;

  constructor(ask: () => Promise<Value>, options: PolledOptions) {
    this.#ask = ask;
    this.#options = options;
  }

  start(): void {
    this.#startedAtMs = this.#options.clock.now();
    void this.#poll();
  }

  stop(): void {
    this.#stop.abort();
  }

  /**
   * The last answer; undefined while the first question is under way.
   *
   * @throws Error when the last question failed, or has had no answer for several intervals
   */
  current(now: number): PolledValue<Value> | undefined {
    if (this.#error !== undefined) throw new Error(messageOf(this.#error), { cause: this.#error });
    const ageMs = now - (this.#last?.takenAtMs ?? this.#startedAtMs);
    if (ageMs > MAX_AGE_INTERVALS * this.#options.intervalMs)
      throw new Error(`no answer for ${Math.round(ageMs / 1000)} s`);
    return this.#last;
  }

  async #poll(): Promise<void> {
    const { clock, intervalMs } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#askOnce();
      await clock.sleep(intervalMs, signal).catch(() => undefined);
    }
  }

  async #askOnce(): Promise<void> {
    const takenAtMs = this.#options.clock.now();
    try {
      this.#last = { value: await this.#ask(), takenAtMs };
      this.#error = undefined;
    } catch (error) {
      this.#last = undefined;
      this.#error = error;
    }
  }
}
