import { setTimeout as delay } from 'node:timers/promises';

/** Time as a dependency: what decides takes `now` from here, so that a test can hold it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  },
};

interface Sleeper {
  wakesAtMs: number;
  wake: () => void;
}

/** A clock that stands still until a test advances it. */
export class ManualClock implements Clock {
  #nowMs: number;
  #sleepers: Sleeper[] = [];

  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { wakesAtMs: this.#nowMs + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason as Error);
      });
    });
  }

  /** Sets the time back, as an administrator or a time server does: whoever sleeps goes on sleeping for as long as before. */
  setBack(ms: number): void {
    this.#nowMs -= ms;
    for (const sleeper of this.#sleepers) sleeper.wakesAtMs -= ms;
  }

  /** Moves time on by `ms` and wakes, in order, all who slept until then. */
  async advance(ms: number): Promise<void> {
    this.#nowMs += ms;
    const due = this.#sleepers.filter((sleeper) => sleeper.wakesAtMs <= this.#nowMs);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.wakesAtMs > this.#nowMs);
    for (const sleeper of due.sort((a, b) => a.wakesAtMs - b.wakesAtMs)) sleeper.wake();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
