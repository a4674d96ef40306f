import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildDecided, buildStarted, T0 } from '../../../test/build.ts';
import type { Journal } from '../journal.ts';
import { readAnchor } from './anchor-file.ts';
import { copySqliteJournal, openSqliteJournal } from './sqlite-journal.ts';

let directory: string;
let file: string;
let journal: Journal | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lost-files-'));
  file = join(directory, 'data/journal.db');
});

afterEach(async () => {
  await journal?.close().catch(() => undefined);
  journal = undefined;
  rmSync(directory, { recursive: true });
});

async function openWithRows(): Promise<Journal> {
  journal = openSqliteJournal(file);
  await journal.append([buildDecided(), buildStarted()]);
  await journal.check();
  return journal;
}

const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('a journal that is open', () => {
  it.each<[string, () => void]>([
    ['is deleted', () => rmSync(file)],
    ['is cut off', () => truncateSync(file, 0)],
    [
      'is replaced by another',
      () => {
        writeFileSync(`${file}.new`, '');
        renameSync(`${file}.new`, file);
      },
    ],
    ['is moved with its directory', () => renameSync(dirname(file), join(directory, 'moved'))],
    ['loses its -wal', () => rmSync(`${file}-wal`)],
    ['has its -wal cut off', () => truncateSync(`${file}-wal`, 0)],
    ['loses its -shm', () => rmSync(`${file}-shm`)],
    ['is written over with a backup', () => copyFileSync(join(directory, 'backup.db'), file)],
    [
      'loses its last row to another program',
      () => {
        const other = new DatabaseSync(file);
        other.exec('DELETE FROM events WHERE seq = 2');
        other.close();
      },
    ],
  ])('and %s says so, and takes nothing more', async (_what, damage) => {
    const open = await openWithRows();
    copySqliteJournal(file, join(directory, 'backup.db'));
    await open.append([{ kind: 'agent_stopped', at: T0 }]);
    damage();
    await expect(open.check()).rejects.toMatchObject({ code: 'JOURNAL_LOST', hint: expect.any(String) });
    await expect(open.append([{ kind: 'agent_stopped', at: T0 }])).rejects.toMatchObject({
      code: 'JOURNAL_LOST',
    });
  });

  it('goes on when its directory comes back', async () => {
    const open = await openWithRows();
    renameSync(dirname(file), join(directory, 'moved'));
    await expect(open.check()).rejects.toMatchObject({ code: 'JOURNAL_LOST' });
    renameSync(join(directory, 'moved'), dirname(file));
    await open.check();
    expect(await open.append([{ kind: 'agent_stopped', at: T0 }])).toMatchObject({ lastSeq: 3 });
  });

  it('goes on when what another program wrote has changed no row', async () => {
    const open = await openWithRows();
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE notes (text)');
    other.close();
    await expect(open.append([{ kind: 'agent_stopped', at: T0 }])).rejects.toMatchObject({
      code: 'JOURNAL_LOST',
    });
    await open.check();
    expect(await open.append([{ kind: 'agent_stopped', at: T0 }])).toMatchObject({ lastSeq: 3 });
  });

  it('is not disturbed by those who read it, or by its own checkpoints', async () => {
    const open = await openWithRows();
    for (let round = 0; round < 30; round += 1) {
      copySqliteJournal(file, join(directory, `backup-${round}.db`));
      await open.append(Array.from({ length: 100 }, () => buildDecided()));
      await open.beat(T0 + round);
      await open.check();
    }
  });
});

describe('a start', () => {
  it.each<[string, () => void]>([
    ['has no file', () => rmSync(file)],
    ['is empty', () => truncateSync(file, 0)],
    ['is an older backup', () => copyFileSync(join(directory, 'backup.db'), file)],
    ['is another journal', () => copyFileSync(join(directory, 'other.db'), file)],
  ])('on a journal that %s is refused, until it is accepted', async (_what, damage) => {
    const other = openSqliteJournal(join(directory, 'other.db'));
    await other.append(Array.from({ length: 9 }, () => buildDecided()));
    await other.close();
    const before = await openWithRows();
    copySqliteJournal(file, join(directory, 'backup.db'));
    await before.append([{ kind: 'agent_stopped', at: T0 }]);
    await before.close();
    damage();
    const files = readdirSync(dirname(file)).filter((name) => !/-(wal|shm)$/.test(name));
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(() => openSqliteJournal(file)).toThrow(code('JOURNAL_ROWS_MISSING'));
    }
    expect(readdirSync(dirname(file)).filter((name) => !/-(wal|shm)$/.test(name))).toEqual(files);
    await openSqliteJournal(file, { acceptMissingRows: true }).close();
    journal = openSqliteJournal(file);
    await journal.append([{ kind: 'agent_stopped', at: T0 }]);
  });

  it('works after a crash at any moment: without the note, with half of it, with an older one', async () => {
    const anchor = `${file}.anchor`;
    const notes: (() => void)[] = [
      () => rmSync(anchor),
      () => truncateSync(anchor, 0),
      () => truncateSync(anchor, 100),
      () => writeFileSync(anchor, 'not ours'),
      () => copyFileSync(join(directory, 'older'), anchor),
    ];
    for (const damage of notes) {
      const open = openSqliteJournal(file);
      copyFileSync(anchor, join(directory, 'older'));
      const { lastSeq } = await open.append([{ kind: 'agent_stopped', at: T0 }]);
      await open.close();
      damage();
      journal = openSqliteJournal(file);
      expect(readAnchor(anchor)).toMatchObject({ seq: lastSeq });
      await journal.close();
    }
  });

  it('works after old rows were taken out', async () => {
    const open = await openWithRows();
    const anchor = join(directory, 'older');
    copyFileSync(`${file}.anchor`, anchor);
    await open.append([{ kind: 'agent_stopped', at: T0 }]);
    await open.shorten({ seq: 3, state: '{}' });
    await open.close();
    copyFileSync(anchor, `${file}.anchor`);
    journal = openSqliteJournal(file);
  });
});

describe('two agents on one file', () => {
  it.each<[string, () => string]>([
    ['another path', () => join(dirname(file), '../data/journal.db')],
    [
      'a link',
      () => {
        symlinkSync(file, join(directory, 'link.db'));
        return join(directory, 'link.db');
      },
    ],
    [
      'a link to its directory',
      () => {
        symlinkSync(dirname(file), join(directory, 'link'));
        return join(directory, 'link/journal.db');
      },
    ],
    [
      'a second name',
      () => {
        mkdirSync(join(directory, 'other'));
        linkSync(file, join(directory, 'other/journal.db'));
        return join(directory, 'other/journal.db');
      },
    ],
    [
      'a new name',
      () => {
        renameSync(file, join(directory, 'renamed.db'));
        return join(directory, 'renamed.db');
      },
    ],
  ])('by %s are refused', async (_by, pathOf) => {
    await openWithRows();
    const path = pathOf();
    expect(() => openSqliteJournal(path)).toThrow(code('JOURNAL_LOCKED'));
  });
});

it('only the owner may read what belongs to a journal, whatever the umask', async () => {
  const umask = process.umask(0);
  try {
    const open = await openWithRows();
    const backup = join(directory, 'backup.db');
    copySqliteJournal(file, backup);
    const modes = ['', '-wal', '-shm', '.lock', '.anchor'].map(
      (ending) => statSync(file + ending).mode & 0o777,
    );
    expect(modes).toEqual(Array(5).fill(0o600));
    expect([statSync(dirname(file)).mode & 0o777, statSync(backup).mode & 0o777]).toEqual([0o700, 0o600]);
    await open.close();
  } finally {
    process.umask(umask);
  }
});
