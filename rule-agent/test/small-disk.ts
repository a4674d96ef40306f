import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../src/journal/index.ts';
import { openDatabase } from '../src/journal/sqlite/open-database.ts';
import { openSqliteJournal, sqliteJournalIn } from '../src/journal/sqlite/sqlite-journal.ts';
import { T0 } from './build.ts';

const MEBIBYTE = 1_048_576;

/** A place for a journal that can become full, and be freed. */
export interface SmallDisk {
  /** What stands for the disk. */
  kind: 'a file system of 1 MiB' | 'a limit on the pages of the file';
  openJournal: () => Journal;
  fill(): void;
  free(): void;
  remove(): void;
}

/** A real file system where this process may mount one, and otherwise SQLite's own limit: both end in SQLITE_FULL. */
export function smallDisk(directory: string): SmallDisk {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'evenkeel', directory]).status === 0;
  return mounted ? smallFileSystem(directory) : smallFile(directory);
}

function smallFileSystem(directory: string): SmallDisk {
  const filler = join(directory, 'filler');
  return {
    kind: 'a file system of 1 MiB',
    openJournal: () => openSqliteJournal(join(directory, 'journal.db')),
    fill() {
      for (let bytes = MEBIBYTE; bytes >= 1; bytes /= 2) {
        try {
          writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
    },
    free: () => rmSync(filler),
    remove: () => void spawnSync('umount', [directory]),
  };
}

/** @see https://sqlite.org/pragma.html#pragma_max_page_count */
export function smallFile(directory: string): SmallDisk {
  const open = openDatabase(join(directory, 'journal.db'));
  return {
    kind: 'a limit on the pages of the file',
    openJournal: () => sqliteJournalIn(open),
    // A limit below what there is becomes what there is.
    fill: () => open.database.exec('PRAGMA max_page_count = 1'),
    free: () => open.database.exec('PRAGMA max_page_count = 4294967294'),
    remove: () => undefined,
  };
}

/** Uses up what is left within the pages that are there already. */
export async function writeUntilFull(journal: Journal): Promise<void> {
  const append = () => journal.append([{ kind: 'agent_stopped', at: T0 }]);
  while (
    await append().then(
      () => true,
      () => false,
    )
  );
}
