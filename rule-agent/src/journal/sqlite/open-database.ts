import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import { MIGRATIONS } from './migrations.ts';
import { lockForWriting } from './writer-lock.ts';

/** How long a statement waits for another process: one that cleans up after a crash, or an agent that is just ending. */
const TIMEOUT_MS = 1_000;

export interface OpenDatabase {
  database: DatabaseSync;
  close: () => void;
}

/**
 * Opens the journal's file, creating it when it is not there. Of several processes one may write, others may read.
 *
 * @throws EvenkeelError JOURNAL_LOCKED, JOURNAL_NEWER or JOURNAL_UNREADABLE
 */
export function openDatabase(file: string): OpenDatabase {
  let database: DatabaseSync | undefined;
  let unlock = () => undefined as void;
  try {
    mkdirSync(dirname(file), { recursive: true });
    database = new DatabaseSync(file, { timeout: TIMEOUT_MS });
    // Before anything is put beside a file that is no journal of this agent.
    versionOf(database, file);
    // Two agents that write one chain would both be wrong.
    unlock = lockForWriting(file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(database, file);
    return opened(database, unlock);
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
    if (version === MIGRATIONS.length) return opened(database, () => undefined);
    throw new EvenkeelError('JOURNAL_UNREADABLE', `the journal ${file} is of version ${version}`, {
      hint: `start the agent on it once: it brings it to version ${MIGRATIONS.length}`,
    });
  } catch (error) {
    database?.close();
    throw explain(error, file);
  }
}

function opened(database: DatabaseSync, unlock: () => void): OpenDatabase {
  return {
    database,
    close() {
      database.close();
      unlock();
    },
  };
}

/** @throws EvenkeelError JOURNAL_NEWER */
function versionOf(database: DatabaseSync, file: string): number {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version <= MIGRATIONS.length) return version;
  throw new EvenkeelError(
    'JOURNAL_NEWER',
    `the journal ${file} has version ${version}, this agent knows ${MIGRATIONS.length}`,
    { hint: 'run the agent that wrote it, or a later one; a journal is never taken back a version' },
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
