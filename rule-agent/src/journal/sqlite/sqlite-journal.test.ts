import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { describeJournal } from '../../../test/journal-suite.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

let file = newFile();

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'journal-')), 'deep', 'agent.db');
}

function execute(sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

describe('in SQLite', () => {
  const open = async () => openSqliteJournal(file);

  describe('as every journal', () => {
    describeJournal({
      open,

      tamper: async (sql) => execute(sql),

      clear: async () => {
        rmSync(dirname(dirname(file)), { recursive: true });
        file = newFile();
      },
    });
  });

  it('a journal is for one agent: a second one is turned away', async () => {
    const journal = await open();
    expect(() => openSqliteJournal(file)).toThrow(expect.objectContaining({ code: 'JOURNAL_LOCKED' }));
    await journal.close();
  });

  it('whether it can be written is found out by writing: a full disk shows', async () => {
    const journal = await open();
    await journal.beat(1);
    const writtenBytes = () => statSync(`${file}-wal`).size;
    const before = writtenBytes();
    await journal.requireWritable();
    expect(writtenBytes()).toBeGreaterThan(before);
    await journal.close();
  });

  it('a journal of a later version is refused and left as it is', async () => {
    await (await open()).close();
    execute('PRAGMA user_version = 99');
    expect(() => openSqliteJournal(file)).toThrow(expect.objectContaining({ code: 'JOURNAL_NEWER' }));
  });

  it('a file that is no database is refused', () => {
    expect(() => openSqliteJournal(import.meta.filename)).toThrow(
      expect.objectContaining({ code: 'JOURNAL_UNREADABLE' }),
    );
  });
});
