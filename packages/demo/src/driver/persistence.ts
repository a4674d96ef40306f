import type { Clock } from '@evenkeel/toolkit';
import { ApiFailure } from './warehouse-client.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** Does something until it succeeds or fails for good; the API may be away in between. @throws ApiFailure for good */
export async function persist<Answer>(
  attempt: () => Promise<Answer>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Answer> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiFailure) || !error.transient) throw error;
      await clock.sleep(pauseMs, signal);
    }
  }
}

/** Runs at most `width` things at a time; `run` resolves as soon as its thing has begun. */
export class Lanes {
  readonly #width: number;
  readonly #running = new Set<Promise<void>>();

  constructor(width: number) {
    this.#width = width;
  }

  get busy(): number {
    return this.#running.size;
  }

  get full(): boolean {
    return this.#running.size >= this.#width;
  }

  /** @param work must not reject */
  async run(work: () => Promise<void>): Promise<void> {
    while (this.full) await Promise.race(this.#running);
    const running: Promise<void> = work().finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }
}
