import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { T0 } from '../../../test/build.ts';
import { shortenJournal } from '../restore.ts';
import { readSqliteJournal } from './read-journal.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

/** More than are read at once. */
const ROWS = 4_500;

describe('reading a journal for a long time', () => {
  let directory: string;
  let file: string;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'read-journal-'));
    file = join(directory, 'journal.db');
    const journal = openSqliteJournal(file);
    const events = Array.from({ length: ROWS }, (_, index) => ({
      ...{ kind: 'agent_stopped' as const, at: T0 + index },
    }));
    await journal.append(events);
    await journal.close();
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  it('keeps no agent from starting, and gives what was written meanwhile, too', async () => {
    const rows = readSqliteJournal(file).replay(0)[Symbol.asyncIterator]();
    expect((await rows.next()).value).toMatchObject({ seq: 1 });
    const agent = openSqliteJournal(file);
    await agent.append([{ kind: 'agent_stopped', at: T0 }]);
    let last = 1;
    for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
      expect(next.value.seq).toBe(last + 1);
      last = next.value.seq;
    }
    expect(last).toBe(ROWS + 1);
    await agent.close();
  });

  it('finds the chain intact though the agent takes out rows meanwhile', async () => {
    const agent = openSqliteJournal(file);
    const reader = readSqliteJournal(file);
    const check = reader.verifyChain();
    await shortenJournal(agent, T0 + 4_000);
    expect(await check).toMatchObject({ intact: true });
    expect(await reader.verifyChain()).toMatchObject({ intact: true, rows: 500 });
    await agent.close();
  });
});
