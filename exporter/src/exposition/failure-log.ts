import type { Logger } from '@evenkeel/toolkit';
import type { Sampled } from './sample.ts';

/** Logs a collector when it begins to fail and when it works again, not at every scrape. */
export class FailureLog {
  readonly #failing = new Set<string>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  note(sampled: readonly Sampled[]): void {
    for (const { collector, error } of sampled) {
      if (error !== undefined && !this.#failing.has(collector)) {
        this.#failing.add(collector);
        this.#logger.warn({ collector, error: error.message }, 'collector fails');
      } else if (error === undefined && this.#failing.delete(collector)) {
        this.#logger.info({ collector }, 'collector works again');
      }
    }
  }
}
