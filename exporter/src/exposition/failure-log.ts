import type { Logger } from '@evenkeel/toolkit';
import { PartialFailure, type Problem } from '../model/collector.ts';
import type { Sampled } from './sample.ts';

/** Logs a collector, or the part of it that has a problem, when it begins to fail and when it works again, not at every scrape. */
export class FailureLog {
  /** The subjects of what fails, by collector. */
  readonly #failing = new Map<string, Set<string>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  note(sampled: readonly Sampled[]): void {
    for (const { collector, error } of sampled) {
      const failing = this.#failing.get(collector) ?? new Set();
      this.#failing.set(collector, failing);
      const problems = error === undefined ? [] : problemsOf(error);
      for (const { subject, message } of problems) {
        if (!failing.has(subject)) this.#logger.warn({ collector, error: message }, 'collector fails');
        failing.add(subject);
      }
      for (const subject of [...failing].filter((one) => !isCovered(one, problems))) {
        failing.delete(subject);
        this.#logger.info({ collector, ...(subject !== '' && { part: subject }) }, 'collector works again');
      }
    }
  }
}

function problemsOf(error: Error): readonly Problem[] {
  return error instanceof PartialFailure ? error.problems : [{ subject: '', message: error.message }];
}

/** While a database is away, nothing is known of its queries: they do not work again because they do not complain. */
function isCovered(subject: string, problems: readonly Problem[]): boolean {
  return problems.some(({ subject: of }) => of === '' || of === subject || subject.startsWith(`${of}, `));
}
