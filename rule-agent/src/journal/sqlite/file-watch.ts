import { accessSync, type BigIntStats, constants, statSync } from 'node:fs';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import { filesOf } from './journal-files.ts';

/** Watches the files of an open journal: SQLite itself goes on with a file that was deleted, and nobody would find its rows. */
export interface FileWatch {
  /**
   * Whether somebody else has written to the files since `noteOwnWrite`; what is in them has to be checked then.
   *
   * @throws EvenkeelError JOURNAL_LOST when they are no longer the files that were opened, or can no longer be written
   */
  hasForeignWrite: () => boolean;
  /** To be called after every write. @throws EvenkeelError JOURNAL_LOST when what was written is not where it belongs */
  noteOwnWrite: () => void;
}

type Looked = Record<'database' | 'wal' | 'shm', BigIntStats | undefined>;

/**
 * Watches by `stat` alone. Opening a file of the database here, and closing it, would let go of SQLite's own locks on it:
 * https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 */
export function watchFiles(file: string): FileWatch {
  const { database, wal, shm } = filesOf(file);
  const look = (): Looked => ({ database: statOf(file), wal: statOf(wal), shm: statOf(shm) });
  let seen = look();

  const compare = (now: Looked) => {
    requireIdentity(database, seen.database, now.database);
    requireIdentity(wal, seen.wal, now.wal);
    requireIdentity(shm, seen.shm, now.shm);
    if (now.database?.size !== seen.database?.size)
      throw lost(`${database} was written over by somebody else`);
    if ((now.wal?.size ?? 0n) < (seen.wal?.size ?? 0n)) throw lost(`${wal} was cut off by somebody else`);
  };
  return {
    hasForeignWrite() {
      const now = look();
      compare(now);
      requireWritable(file);
      return isWritten(seen.database, now.database) || isWritten(seen.wal, now.wal);
    },
    noteOwnWrite() {
      const now = look();
      requireIdentity(database, seen.database, now.database);
      requireIdentity(wal, seen.wal, now.wal);
      seen = now;
    },
  };
}

function statOf(file: string): BigIntStats | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false });
}

function requireIdentity(file: string, before: BigIntStats | undefined, now: BigIntStats | undefined): void {
  if (before === undefined) return;
  if (now === undefined) throw lost(`${file} is gone: it was deleted, or its directory was moved`);
  if (now.dev !== before.dev || now.ino !== before.ino)
    throw lost(`${file} is another file than the one that was opened`);
}

function requireWritable(file: string): void {
  try {
    accessSync(file, constants.W_OK);
  } catch (error) {
    throw lost(`it can no longer be written: ${messageOf(error)}`);
  }
}

function isWritten(before: BigIntStats | undefined, now: BigIntStats | undefined): boolean {
  return before?.mtimeNs !== now?.mtimeNs || before?.size !== now?.size;
}

/** The journal that was opened is not the one that is there. */
export function lost(because: string): EvenkeelError {
  return new EvenkeelError('JOURNAL_LOST', `the journal is not what it was when it was opened: ${because}`, {
    hint: 'stop the agent, put the files back or restore a backup, and start it; it does not act until then',
  });
}
