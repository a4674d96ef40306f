import { DatabaseSync } from 'node:sqlite';
import { createPrivate, filesOf } from './journal-files.ts';

/** How long a starting agent waits for the one before it to let go, and for commands that read. */
const LOCK_TIMEOUT_MS = 1_000;

/**
 * Keeps others from writing to the journal while they may still read it. The lock is a file of its own beside it, and the
 * operating system lets go of it when the process ends, however it ends.
 *
 * @returns what lets go of it
 * @throws Error that the database is locked
 */
export function lockForWriting(file: string): () => void {
  const path = filesOf(file).lock;
  createPrivate(path);
  const lock = new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
  try {
    // Nothing is ever written to it.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (error) {
    lock.close();
    throw error;
  }
}

/**
 * Looks into the database while nobody else has it open, by whatever path, link, name or mount: everybody who has holds a lock on the
 * file itself, which the system keeps by device and inode, across containers too. The file beside it is found by one name only.
 *
 * @throws Error that the database is locked
 */
export function whileAlone(file: string, look: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file, { timeout: LOCK_TIMEOUT_MS });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    look(database);
  } finally {
    database.close();
  }
}
