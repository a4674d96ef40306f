import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import { MIGRATIONS } from './migrations.ts';

/** How long a starting agent waits for the one before it to let go. */
const LOCK_TIMEOUT_MS = 1_000;

/**
 * Opens the journal's file, creating it when it is not there, for this process alone.
 *
 * @throws EvenkeelError JOURNAL_LOCKED, JOURNAL_NEWER or JOURNAL_UNREADABLE
 */
export function openDatabase(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    database = new DatabaseSync(file, { timeout: LOCK_TIMEOUT_MS });
    // Exclusive: two agents that write one chain would both be wrong.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(database, file);
    return database;
  } catch (error) {
    database?.close();
    throw explain(error, file);
  }
}

function migrate(database: DatabaseSync, file: string): void {
  database.exec('BEGIN EXCLUSIVE');
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > MIGRATIONS.length) {
    throw new EvenkeelError(
      'JOURNAL_NEWER',
      `the journal ${file} has version ${version}, this agent knows ${MIGRATIONS.length}`,
      { hint: 'run the agent that wrote it, or a later one; a journal is never taken back a version' },
    );
  }
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
}

function explain(error: unknown, file: string): EvenkeelError {
  if (error instanceof EvenkeelError) return error;
  const message = messageOf(error);
  if (/locked|busy/i.test(message)) {
    return new EvenkeelError('JOURNAL_LOCKED', `another process has the journal ${file} open`, {
      cause: error,
      hint: 'one agent runs per journal: stop the other, or give this one its own journal.path',
    });
  }
  return new EvenkeelError('JOURNAL_UNREADABLE', `cannot open the journal ${file}: ${message}`, {
    cause: error,
    hint: 'the directory must be writable and the file a journal of this agent',
  });
}
