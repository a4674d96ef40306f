import { closeSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The files of a journal. SQLite makes its own under the permissions of the database. */
export interface JournalFiles {
  database: string;
  wal: string;
  shm: string;
  lock: string;
  anchor: string;
}

/** By the real path, as SQLite names them: a link to the journal shares them. */
export function filesOf(file: string): JournalFiles {
  const database = realPathOf(file);
  const beside = (ending: string) => `${database}${ending}`;
  return {
    database,
    ...{ wal: beside('-wal'), shm: beside('-shm'), lock: beside('.lock'), anchor: beside('.anchor') },
  };
}

function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    try {
      return join(realpathSync(dirname(file)), basename(file));
    } catch {
      return file;
    }
  }
}

/** Makes a file, where there is none, that only its owner may read; and the directories to it. */
export function createPrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(file, 'ax', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** What whoever runs the agent should know of the files: who else may read them, and names that SQLite cannot know of. */
export function warningsOf(files: JournalFiles): string[] {
  return Object.values(files).flatMap((file: string) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    const warnings: string[] = [];
    if ((stat.mode & 0o077) !== 0 && process.platform !== 'win32')
      warnings.push(`${file} is open to others than its owner: chmod 600 ${file}`);
    if (stat.nlink > 1)
      warnings.push(`${file} has ${stat.nlink} names (hard links): what uses another of them can damage it`);
    return warnings;
  });
}
