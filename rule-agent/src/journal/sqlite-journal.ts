import type { DatabaseSync } from 'node:sqlite';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import type { JournalEvent } from '../model/event.ts';
import type { Journal } from './journal.ts';
import { openDatabase } from './open-database.ts';
import { findRows, prepareAdd, prepareIsNew, replayEvents, verifyChain } from './rows.ts';

/** Opens the journal in a SQLite file; see `openDatabase` for its errors. */
export function openSqliteJournal(file: string): Journal {
  const database = openDatabase(file);
  const add = prepareAdd(database);
  const isNew = prepareIsNew(database);
  const beat = database.prepare('INSERT OR REPLACE INTO heartbeat (id, at) VALUES (1, ?)');
  const lastBeat = database.prepare('SELECT at FROM heartbeat');

  const addAll = (events: readonly JournalEvent[]) => {
    for (const event of events) add(event);
  };
  const addNew = (events: readonly JournalEvent[]) =>
    events.filter((event) => {
      if (!isNew(event)) return false;
      add(event);
      return true;
    });

  return {
    append: (events) => write(database, () => addAll(events)),
    appendNew: (events) => write(database, () => addNew(events)),
    find: (query) => promised(() => findRows(database, query)),
    replay: () => replayEvents(database),
    verifyChain: () => promised(() => verifyChain(database)),
    beat: (atMs) => write(database, () => void beat.run(atMs)),
    lastBeatMs: () => promised(() => (lastBeat.get()?.at as number | undefined) ?? 0),
    close: () => promised(() => database.close()),
  };
}

/** The result of synchronous work as a promise, its error as a rejection: other journals will need the time. */
function promised<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => resolve(work()));
}

/** One transaction. It is synchronous from begin to commit, so two writers within this process cannot interleave. */
function write<Result>(database: DatabaseSync, work: () => Result): Promise<Result> {
  return promised(() => {
    try {
      database.exec('BEGIN IMMEDIATE');
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      throw new EvenkeelError('JOURNAL_WRITE_FAILED', `the journal cannot be written: ${messageOf(error)}`, {
        cause: error,
        hint: 'check the disk and the permissions of the file; until then the agent does not act',
      });
    }
  });
}
