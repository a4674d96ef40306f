import { realpathSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** How long a starting agent waits for the one before it to let go. */
const LOCK_TIMEOUT_MS = 1_000;

/**
 * Keeps others from writing to the journal while they may still read it. The lock is a file of its own beside it, and the
 * operating system lets go of it when the process ends, however it ends.
 *
 * @returns what lets go of it
 * @throws Error that the database is locked
 */
export function lockForWriting(file: string): () => void {
  const lock = new DatabaseSync(`${realpathSync(file)}.lock`, { timeout: LOCK_TIMEOUT_MS });
  try {
    // Nothing is ever written to it.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (error) {
    lock.close();
    throw error;
  }
}
