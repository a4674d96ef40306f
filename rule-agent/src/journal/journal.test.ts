import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDecided, buildFinished, buildStarted, T0 } from '../../test/build.ts';
import { emptyHistory } from '../decisions/index.ts';
import type { AlertReceived, JournalEvent } from '../model/event.ts';
import { createRecorder, type Journal, openSqliteJournal, restoreHistory } from './index.ts';

let directory: string;
let file: string;
let journal: Journal;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
  file = join(directory, 'deep', 'agent.db');
  journal = openSqliteJournal(file);
});

afterEach(async () => {
  await journal.close().catch(() => undefined);
  rmSync(directory, { recursive: true });
});

const alert: AlertReceived = {
  kind: 'alert_received',
  at: T0,
  groupKey: 'g',
  fingerprint: 'f',
  status: 'firing',
  startsAt: '2026-11-23T12:00:00Z',
  endsAt: '',
  receiver: 'agent',
  labels: { alertname: 'Slow' },
  annotations: {},
  generatorUrl: '',
};

async function kindsOf(query: Partial<Parameters<Journal['find']>[0]> = {}) {
  return (await journal.find({ limit: 100, ...query })).map(({ event }) => event.kind);
}

/** Changes the file behind the journal's back. */
async function tamper(sql: string): Promise<void> {
  await journal.close();
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  journal = openSqliteJournal(file);
}

describe('the journal', () => {
  it('gives back what was written, newest first, and by kind, rule, episode and page', async () => {
    await journal.append([buildDecided(), buildStarted(), buildFinished()]);
    await journal.append([{ kind: 'agent_stopped', at: T0 }]);
    expect(await kindsOf()).toEqual(['agent_stopped', 'finished', 'started', 'decided']);
    expect(await kindsOf({ kinds: ['started', 'decided'] })).toEqual(['started', 'decided']);
    expect(await kindsOf({ episode: 'slow-api-1' })).toEqual(['finished', 'started', 'decided']);
    expect(await kindsOf({ rule: 'none' })).toEqual([]);
    expect(await kindsOf({ beforeSeq: 3, limit: 1 })).toEqual(['started']);
    expect([...journal.replay()][0]).toEqual(buildDecided());
  });

  it('writes all events of one call or none', async () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    const bad = { ...buildFinished(), because: circular } as unknown as JournalEvent;
    await expect(journal.append([buildDecided(), bad])).rejects.toThrow('the journal cannot be written');
    expect(await kindsOf()).toEqual([]);
    await journal.append([buildDecided()]);
    expect(await kindsOf()).toEqual(['decided']);
  });

  it('does not take a second start under one key', async () => {
    await journal.append([buildStarted()]);
    await expect(journal.append([buildStarted({ at: T0 + 1 })])).rejects.toMatchObject({
      code: 'JOURNAL_WRITE_FAILED',
    });
  });

  it('takes the same alert once, in one delivery or in several; its end is another', async () => {
    expect(await journal.appendNew([alert, alert])).toHaveLength(1);
    expect(await journal.appendNew([{ ...alert, at: T0 + 60_000, receiver: 'other' }])).toEqual([]);
    expect(await journal.appendNew([{ ...alert, status: 'resolved' }])).toHaveLength(1);
  });

  it('is for one agent: a second one is turned away', () => {
    expect(() => openSqliteJournal(file)).toThrow(expect.objectContaining({ code: 'JOURNAL_LOCKED' }));
  });

  it('of a later version is refused and left as it is', async () => {
    await tamper('PRAGMA user_version = 1');
    await journal.close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => openSqliteJournal(file)).toThrow(expect.objectContaining({ code: 'JOURNAL_NEWER' }));
  });

  it('that is no database is refused', () => {
    expect(() => openSqliteJournal(import.meta.filename)).toThrow(
      expect.objectContaining({ code: 'JOURNAL_UNREADABLE' }),
    );
  });

  it('remembers when the agent was last alive, outside the record', async () => {
    expect(await journal.lastBeatMs()).toBe(0);
    await journal.beat(T0);
    await journal.beat(T0 + 1);
    expect(await journal.lastBeatMs()).toBe(T0 + 1);
    expect(await kindsOf()).toEqual([]);
  });
});

describe('the hash chain', () => {
  beforeEach(() => journal.append([buildDecided(), buildStarted(), buildFinished()]));

  it('holds over any events', async () => {
    const text = fc.record({ reason: fc.string(), id: fc.string(), createdBy: fc.string() });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (pauses) => {
        await journal.append(
          pauses.map((pause) => ({ kind: 'pause_created', at: T0, pause: { ...pause, createdAt: T0 } })),
        );
        expect(await journal.verifyChain()).toMatchObject({ intact: true });
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['a changed body', `UPDATE events SET body = replace(body, '120', '121') WHERE seq = 2`, 2],
    ['a key that is freed for a second start', `UPDATE events SET once = NULL WHERE seq = 2`, 2],
    ['a row that is taken out', 'DELETE FROM events WHERE seq = 2', 3],
    ['a hash that is made to fit', `UPDATE events SET hash = 'x' WHERE seq = 1`, 1],
    [
      'rows that change places',
      'UPDATE events SET seq = CASE seq WHEN 1 THEN -1 ELSE seq END; UPDATE events SET seq = 1 WHERE seq = 2; UPDATE events SET seq = 2 WHERE seq = -1',
      1,
    ],
  ])('shows %s', async (_what, sql, seq) => {
    expect(await journal.verifyChain()).toMatchObject({ intact: true, rows: 3 });
    await tamper(sql);
    expect(await journal.verifyChain()).toMatchObject({ intact: false, brokenAtSeq: seq });
    await expect(restoreHistory(journal)).rejects.toMatchObject({ code: 'JOURNAL_BROKEN' });
  });
});

describe('restoring the history', () => {
  it('brings back open episodes, pauses, cooldowns and what the budget used', async () => {
    await journal.append([
      buildDecided(),
      buildStarted(),
      { kind: 'pause_created', at: T0, pause: { id: 'p', reason: 'r', createdBy: 'ann', createdAt: T0 } },
    ]);
    await journal.close();
    journal = openSqliteJournal(file);
    const history = await restoreHistory(journal);
    expect([...history.openEpisodes.values()]).toMatchObject([{ state: 'executing' }]);
    expect([...history.pauses.keys()]).toEqual(['p']);
    expect(history.actionStarts).toMatchObject([{ atMs: T0 + 10, rule: 'slow-api' }]);
  });
});

describe('the recorder', () => {
  it('lets nothing count that is not written', async () => {
    const history = emptyHistory();
    const told: string[] = [];
    const recorder = createRecorder(journal, history, {
      onRecorded: ({ kind }) => told.push(kind),
      onWriteFailed: () => told.push('failed'),
    });
    await recorder.record([buildDecided()]);
    await tamperClosed();
    await expect(recorder.record([buildStarted()])).rejects.toMatchObject({ code: 'JOURNAL_WRITE_FAILED' });
    expect([...history.openEpisodes.values()]).toMatchObject([{ state: 'decided' }]);
    expect(told).toEqual(['decided', 'failed']);
  });

  async function tamperClosed(): Promise<void> {
    await journal.close();
    chmodSync(file, 0o400);
  }
});
