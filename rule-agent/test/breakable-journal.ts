import { EvenkeelError } from '@evenkeel/toolkit';
import type { Journal } from '../src/journal/index.ts';

export function refuse(): Promise<never> {
  return Promise.reject(
    new EvenkeelError('JOURNAL_WRITE_FAILED', 'the journal cannot be written: disk full'),
  );
}

// eslint-disable-next-line require-yield, @typescript-eslint/require-await -- as a database that is away
export async function* unreadable(): AsyncGenerator<never> {
  throw new EvenkeelError('JOURNAL_READ_FAILED', 'the journal cannot be read: connection refused');
}

/** A journal of which every write fails while it is broken, as on a full disk; it can be read. */
export function breakable(journal: Journal, broken: () => boolean): Journal {
  return {
    ...journal,
    append: (...args) => (broken() ? refuse() : journal.append(...args)),
    requireWritable: () => (broken() ? refuse() : journal.requireWritable()),
    beat: (atMs) => (broken() ? refuse() : journal.beat(atMs)),
  };
}
