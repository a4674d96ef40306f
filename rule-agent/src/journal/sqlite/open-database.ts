import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import { requireKnownRow } from '../anchor.ts';
import { readAnchor } from './anchor-file.ts';
import { createPrivate, filesOf } from './journal-files.ts';
import { MIGRATIONS } from './migrations.ts';
import { hashAt } from './rows.ts';
import { lockForWriting, whileAlone } from './writer-lock.ts';

/** How long a statement waits for another process: one that cleans up after a crash, or an agent that is just ending. */
const TIMEOUT_MS = 1_000;

export interface OpenDatabase {
  file: string;
  database: DatabaseSync;
  close: () => void;
}

export interface OpenOptions {
  /** Takes the journal as it is, though rows that are known are missing in it. */
  acceptMissingRows?: boolean;
}

/**
 * Opens the journal's file, creating it when it is not there. Of several processes one may write, others may read.
 *
 * @throws EvenkeelError JOURNAL_LOCKED, JOURNAL_ROWS_MISSING, JOURNAL_NEWER or JOURNAL_UNREADABLE
 */
export function openDatabase(file: string, { acceptMissingRows = false }: OpenOptions = {}): OpenDatabase {
  let database: DatabaseSync | undefined;
  let unlock = () => undefined as void;
  try {
    // Before an empty one is put in the place of one that is gone, or anything beside a file that is no journal of this agent.
    if (!acceptMissingRows) requireFile(file);
    createPrivate(file);
    // Two agents that write one chain would both be wrong.
    whileAlone(file, (alone) => versionOf(alone, file));
    unlock = lockForWriting(file);
    database = new DatabaseSync(file, { timeout: TIMEOUT_MS });
    if (!acceptMissingRows) requireRows(database, file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(database, file);
    return opened({ file, database }, unlock);
  } catch (error) {
    database?.close();
    unlock();
    throw explain(error, file);
  }
}

/**
 * Opens the file as it stands at this moment, to read it while an agent may go on writing.
 *
 * @throws EvenkeelError JOURNAL_NEWER or JOURNAL_UNREADABLE
 */
export function openDatabaseToRead(file: string): OpenDatabase {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: TIMEOUT_MS });
    database.exec('BEGIN');
    const version = versionOf(database, file);
    if (version === MIGRATIONS.length) return opened({ file, database }, () => undefined);
    throw new EvenkeelError('JOURNAL_UNREADABLE', `the journal ${file} is of version ${version}`, {
      hint: `start the agent on it once: it brings it to version ${MIGRATIONS.length}`,
    });
  } catch (error) {
    database?.close();
    throw explain(error, file);
  }
}

function opened({ file, database }: Omit<OpenDatabase, 'close'>, unlock: () => void): OpenDatabase {
  return {
    file,
    database,
    close() {
      database.close();
      unlock();
    },
  };
}

/** @throws EvenkeelError JOURNAL_ROWS_MISSING */
function requireFile(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) requireKnownRow(file, readAnchor(filesOf(file).anchor), undefined);
}

/** @throws EvenkeelError JOURNAL_ROWS_MISSING */
function requireRows(database: DatabaseSync, file: string): void {
  const anchor = readAnchor(filesOf(file).anchor);
  const hasRows = versionOf(database, file) > 0;
  requireKnownRow(file, anchor, anchor && hasRows ? hashAt(database, anchor.seq) : undefined);
}

/** @throws EvenkeelError JOURNAL_NEWER */
function versionOf(database: DatabaseSync, file: string): number {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version <= MIGRATIONS.length) return version;
  throw new EvenkeelError(
    'JOURNAL_NEWER',
    `the journal ${file} has version ${version}, this agent knows ${MIGRATIONS.length}`,
    { hint: 'run the agent that wrote it, or a later one; a journal never goes back a version' },
  );
}

function migrate(database: DatabaseSync, file: string): void {
  database.exec('BEGIN EXCLUSIVE');
  const version = versionOf(database, file);
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
}

function explain(error: unknown, file: string): EvenkeelError {
  if (error instanceof EvenkeelError) return error;
  const message = messageOf(error);
  if (/locked|busy/i.test(message)) {
    return new EvenkeelError('JOURNAL_LOCKED', `another process writes the journal ${file}`, {
      cause: error,
      hint: 'one agent runs per journal: stop the other, or give this one its own journal.path',
    });
  }
  return new EvenkeelError('JOURNAL_UNREADABLE', `cannot open the journal ${file}: ${message}`, {
    cause: error,
    hint: 'the directory must be writable and the file a journal of this agent',
  });
}
