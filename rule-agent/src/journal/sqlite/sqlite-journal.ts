import type { DatabaseSync } from 'node:sqlite';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import type { Anchor } from '../anchor.ts';
import { toJournalRow } from '../event-body.ts';
import { snapshotHash, checkChain } from '../hash-chain.ts';
import { type Journal, type JournalReader, type JournalRow, type NewSnapshot, Refusal } from '../journal.ts';
import { promised } from './promised.ts';
import { watchJournal } from './watched-journal.ts';
import { openDatabase, openDatabaseToRead, type OpenDatabase, type OpenOptions } from './open-database.ts';
import { resetAnchor } from './anchor-file.ts';
import { createPrivate, filesOf } from './journal-files.ts';
import {
  findRows,
  hashOf,
  headOf,
  lastBeat,
  lastSeqBefore,
  prepareAdd,
  readSnapshot,
  rowsAfter,
  shortenTo,
} from './rows.ts';

/** A transaction holds up everything else in this process, for a few milliseconds; with 100 rows in each, writing costs a third more CPU. */
const PART_SIZE = { rows: 250, bytes: 256 * 1024 };

/** SQLite writes nothing where a value stays; what is changed and set back within a transaction is written. 0 stands for never. */
const CHANGE_AND_BACK = `
  INSERT INTO heartbeat (id, at) VALUES (1, 0) ON CONFLICT (id) DO NOTHING;
  UPDATE heartbeat SET at = at + 1;
  UPDATE heartbeat SET at = at - 1`;

/** Opens the journal in a SQLite file; see `openDatabase` for its errors. */
export function openSqliteJournal(file: string, options?: OpenOptions): Journal {
  return sqliteJournalIn(openDatabase(file, options));
}

/** The journal in a database that is open. */
export function sqliteJournalIn(open: OpenDatabase): Journal {
  const { database } = open;
  const add = prepareAdd(database);
  const beat = database.prepare('INSERT OR REPLACE INTO heartbeat (id, at) VALUES (1, ?)');
  const watched = watchJournal(open);
  const write = <Result>(work: () => Result) => watched.write(() => transaction(database, work));
  return {
    ...readingFrom(open),
    partSize: PART_SIZE,
    check: () => watched.check(),
    append: (events, options = {}) => write(() => add(events, options)),
    shorten: (snapshot) => write(() => shorten(database, snapshot)),
    requireWritable: () => write(() => database.exec(CHANGE_AND_BACK)),
    beat: (atMs) => write(() => void beat.run(atMs)),
  };
}

/** Takes a journal as it is, though rows that are known are missing in it. @returns its last row. The errors of `openDatabase` */
export function acceptSqliteJournal(file: string): Anchor {
  const { database, close } = openDatabase(file, { acceptMissingRows: true });
  try {
    const head = headOf(database);
    resetAnchor(filesOf(file).anchor, head);
    return head;
  } finally {
    close();
  }
}

/** Writes the journal as it stands at this moment to a new file; the same errors. */
export function copySqliteJournal(file: string, target: string): void {
  const { database, close } = openDatabaseToRead(file);
  try {
    createPrivate(target);
    database.exec('COMMIT');
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    close();
  }
}

function readingFrom({ database, close }: OpenDatabase): JournalReader {
  return {
    find: (query) => promised(() => findRows(database, query)),
    replay: (afterSeq) => replay(database, afterSeq),
    snapshot: () => promised(() => readSnapshot(database)),
    lastSeqBefore: (atMs) => promised(() => lastSeqBefore(database, atMs)),
    verifyChain: () => checkChain(readSnapshot(database), rowsAfter(database, 0)),
    lastBeatMs: () => promised(() => lastBeat(database)),
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

/** One transaction. It is synchronous from begin to commit, so two writers within this process cannot interleave. */
function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
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
}
