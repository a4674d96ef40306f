import type { DatabaseSync } from 'node:sqlite';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import { toJournalRow } from '../event-body.ts';
import { snapshotHash, checkChain } from '../hash-chain.ts';
import { type Journal, type JournalReader, type JournalRow, type NewSnapshot, Refusal } from '../journal.ts';
import { openDatabase, openDatabaseToRead, type OpenDatabase } from './open-database.ts';
import { findRows, hashOf, lastSeqBefore, prepareAdd, readSnapshot, rowsAfter, shortenTo } from './rows.ts';

/** A transaction holds up everything else in this process. */
const PART_SIZE = 100;

/** Opens the journal in a SQLite file; see `openDatabase` for its errors. */
export function openSqliteJournal(file: string): Journal {
  return sqliteJournalIn(openDatabase(file));
}

/** The journal in a database that is open. */
export function sqliteJournalIn(open: OpenDatabase): Journal {
  const { database } = open;
  const add = prepareAdd(database);
  const beat = database.prepare('INSERT OR REPLACE INTO heartbeat (id, at) VALUES (1, ?)');
  return {
    ...readingFrom(open),
    partSize: PART_SIZE,
    append: (events, options = {}) => write(database, () => add(events, options)),
    shorten: (snapshot) => write(database, () => shorten(database, snapshot)),
    beat: (atMs) => write(database, () => void beat.run(atMs)),
  };
}

/** Opens a SQLite file to read it, an agent may go on writing; see `openDatabaseToRead` for its errors. */
export function readSqliteJournal(file: string): JournalReader {
  return readingFrom(openDatabaseToRead(file));
}

/** Writes the journal as it stands at this moment to a new file; the same errors. */
export function copySqliteJournal(file: string, target: string): void {
  const { database, close } = openDatabaseToRead(file);
  try {
    database.exec('COMMIT');
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    close();
  }
}

function readingFrom({ database, close }: OpenDatabase): JournalReader {
  const lastBeat = database.prepare('SELECT at FROM heartbeat');
  return {
    find: (query) => promised(() => findRows(database, query)),
    replay: (afterSeq) => replay(database, afterSeq),
    snapshot: () => promised(() => readSnapshot(database)),
    lastSeqBefore: (atMs) => promised(() => lastSeqBefore(database, atMs)),
    verifyChain: () => checkChain(readSnapshot(database), rowsAfter(database, 0)),
    lastBeatMs: () => promised(() => (lastBeat.get()?.at as number | undefined) ?? 0),
    close: () => promised(close),
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- other journals need the time
async function* replay(database: DatabaseSync, afterSeq: number): AsyncGenerator<JournalRow> {
  for (const row of rowsAfter(database, afterSeq)) yield toJournalRow(row);
}

function shorten(database: DatabaseSync, { seq, state }: NewSnapshot): void {
  const headHash = hashOf(database, seq);
  if (headHash === undefined) throw new Error(`there is no row ${seq}`);
  shortenTo(database, { seq, headHash, state, hash: snapshotHash({ seq, headHash, state }) });
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
      if (error instanceof Refusal || error instanceof EvenkeelError) throw error;
      throw new EvenkeelError('JOURNAL_WRITE_FAILED', `the journal cannot be written: ${messageOf(error)}`, {
        cause: error,
        hint: 'check the disk and the permissions of the file; until then the agent does not act',
      });
    }
  });
}
