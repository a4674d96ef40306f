import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyHistory, type HistoryBook, toSnapshot } from '../src/decisions/index.ts';
import { createRecorder, type Journal, restoreHistory, shortenJournal } from '../src/journal/index.ts';
import type { AlertReceived, JournalEvent } from '../src/model/event.ts';
import { buildAlert, buildDecided, buildFinished, buildStarted, T0 } from './build.ts';

/** One kind of journal, as the tests of all kinds see it. */
export interface JournalUnderTest {
  /** Opens it, or opens it again with what was written before. */
  open(): Promise<Journal>;
  /** Runs SQL behind the journal's back, while it is closed. */
  tamper(sql: string): Promise<void>;
  /** Removes all of it. */
  clear(): Promise<void>;
}

const alert = buildAlert();

/** What every journal has to hold, whatever it is kept in. */
export function describeJournal(under: JournalUnderTest): void {
  let journal: Journal;

  beforeEach(async () => {
    journal = await under.open();
  });

  afterEach(async () => {
    await journal.close().catch(() => undefined);
    await under.clear();
  });

  async function kindsOf(query: Partial<Parameters<Journal['find']>[0]> = {}) {
    return (await journal.find({ limit: 100, ...query })).map(({ event }) => event.kind);
  }

  async function replayed(afterSeq: number) {
    const events: JournalEvent[] = [];
    for await (const { event } of journal.replay(afterSeq)) events.push(event);
    return events;
  }

  async function reopen(sql?: string): Promise<void> {
    await journal.close();
    if (sql !== undefined) await under.tamper(sql);
    journal = await under.open();
  }

  describe('a journal', () => {
    it('gives back what was written, newest first, and by kind, rule, episode and page', async () => {
      expect(await journal.append([buildDecided(), buildStarted(), buildFinished()])).toMatchObject({
        lastSeq: 3,
      });
      expect(await journal.append([{ kind: 'agent_stopped', at: T0 }])).toMatchObject({ lastSeq: 4 });
      expect(await kindsOf()).toEqual(['agent_stopped', 'finished', 'started', 'decided']);
      expect(await kindsOf({ kinds: ['started', 'decided'] })).toEqual(['started', 'decided']);
      expect(await kindsOf({ episode: 'slow-api-1' })).toEqual(['finished', 'started', 'decided']);
      expect(await kindsOf({ rule: 'none' })).toEqual([]);
      expect(await kindsOf({ beforeSeq: 3, limit: 1 })).toEqual(['started']);
      expect(await replayed(0)).toHaveLength(4);
      expect(await replayed(2)).toEqual([buildFinished(), { kind: 'agent_stopped', at: T0 }]);
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
      expect(await journal.append([alert, alert], { onlyNew: true })).toMatchObject({
        events: [alert],
        lastSeq: 1,
      });
      expect(
        await journal.append([{ ...alert, at: T0 + 60_000, receiver: 'other' }], { onlyNew: true }),
      ).toEqual({
        events: [],
        lastSeq: undefined,
      });
      expect(await journal.append([{ ...alert, status: 'resolved' }], { onlyNew: true })).toMatchObject({
        lastSeq: 2,
      });
    });

    it.each([
      ['NUL', 'a\0b'],
      ['half a character', 'a\ud83d'],
      ['the mark of what cannot be stored', '\ufdd00000'],
      ['a backslash', '\\u0000'],
    ])('gives back labels, annotations and group keys with %s as they came', async (_what, text) => {
      const odd = { ...alert, groupKey: text, labels: { [text]: text }, annotations: { text } };
      const decided = buildDecided({ target: { job: text }, targetKey: text });
      await journal.append([decided, odd]);
      await journal.append([odd], { onlyNew: true });
      expect(await replayed(0)).toEqual([decided, odd]);
      expect(await journal.verifyChain()).toMatchObject({ intact: true, rows: 2 });
      expect(await kindsOf({ rule: text })).toEqual([]);
      expect(await kindsOf({ episode: text })).toEqual([]);
    });

    it('takes an alert once, however long its keys', async () => {
      const [groupKey, other] = ['a', 'b'].map((end) => randomBytes(20_000).toString('base64') + end);
      const long = { ...alert, groupKey: groupKey!, labels: { job: groupKey! } };
      expect(await journal.append([long, long], { onlyNew: true })).toMatchObject({ lastSeq: 1 });
      expect(await journal.append([long], { onlyNew: true })).toMatchObject({ lastSeq: undefined });
      await journal.append([{ ...long, groupKey: other! }], { onlyNew: true });
      expect(await replayed(0)).toEqual([long, { ...long, groupKey: other! }]);
      expect(await journal.verifyChain()).toMatchObject({ intact: true, rows: 2 });
    });

    it('keeps one chain when many write at once', async () => {
      await Promise.all(
        Array.from({ length: 20 }, () => journal.append([{ kind: 'agent_stopped', at: T0 }])),
      );
      expect(await journal.verifyChain()).toMatchObject({ intact: true, rows: 20 });
    });

    it('remembers when the agent was last alive, outside the record', async () => {
      expect(await journal.lastBeatMs()).toBe(0);
      await journal.beat(T0);
      await journal.beat(T0 + 1);
      expect(await journal.lastBeatMs()).toBe(T0 + 1);
      expect(await kindsOf()).toEqual([]);
    });
  });

  describe('a journal that is asked whether it can be written', () => {
    it('says so, and neither a row nor the time of the last beat changes', async () => {
      await journal.requireWritable();
      expect(await journal.lastBeatMs()).toBe(0);
      await journal.beat(T0);
      await journal.append([buildDecided()]);
      await journal.requireWritable();
      expect(await journal.lastBeatMs()).toBe(T0);
      expect(await kindsOf()).toEqual(['decided']);
      await journal.close();
      await expect(journal.requireWritable()).rejects.toThrow();
    });
  });

  describe('the hash chain', () => {
    beforeEach(() => journal.append([buildDecided(), buildStarted(), buildFinished()]));

    it('holds over any events', async () => {
      // PostgreSQL keeps no NUL in its text, and JSON escapes it.
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
        'UPDATE events SET seq = -1 WHERE seq = 1; UPDATE events SET seq = 1 WHERE seq = 2; UPDATE events SET seq = 2 WHERE seq = -1',
        1,
      ],
    ])('shows %s', async (_what, sql, seq) => {
      expect(await journal.verifyChain()).toMatchObject({ intact: true, rows: 3 });
      await reopen(sql);
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
      await reopen();
      const { history, seq } = await restoreHistory(journal);
      expect(seq).toBe(3);
      expect([...history.openEpisodes.values()]).toMatchObject([{ state: 'executing' }]);
      expect([...history.pauses.keys()]).toEqual(['p']);
      expect(history.actionStarts).toMatchObject([{ atMs: T0 + 10, rule: 'slow-api' }]);
    });
  });

  describe('a journal that is shortened', () => {
    const rows = [
      buildDecided({ at: T0 }),
      buildStarted({ at: T0 + 1 }),
      buildFinished({ at: T0 + 2 }),
      { kind: 'agent_stopped', at: T0 + 100 } as const,
    ];

    it('gives the same history, by fewer rows, in a chain that goes on', async () => {
      await journal.append(rows);
      const before = toSnapshot((await restoreHistory(journal)).history);
      expect(await shortenJournal(journal, T0 + 2)).toBe(2);
      expect(await shortenJournal(journal, T0 + 2)).toBe(0);
      await reopen();
      expect(toSnapshot((await restoreHistory(journal)).history)).toBe(before);
      expect(await kindsOf()).toEqual(['agent_stopped', 'finished']);
      expect(await journal.verifyChain()).toMatchObject({ intact: true, rows: 2 });
      expect(await journal.append([{ kind: 'agent_stopped', at: T0 + 101 }])).toMatchObject({ lastSeq: 5 });
    });

    it('goes on after all of it was taken out', async () => {
      await journal.append(rows);
      expect(await shortenJournal(journal, T0 + 1_000)).toBe(4);
      expect(await journal.append([{ kind: 'agent_stopped', at: T0 + 1_001 }])).toMatchObject({ lastSeq: 5 });
      expect(await journal.verifyChain()).toMatchObject({ intact: true, rows: 1 });
    });

    it('shows a snapshot that was changed', async () => {
      await journal.append(rows);
      await shortenJournal(journal, T0 + 2);
      await reopen(`UPDATE anchor SET state = replace(state, 'slow-api', 'other')`);
      expect(await journal.verifyChain()).toMatchObject({ intact: false, brokenAtSeq: 2 });
    });
  });

  describe('the recorder', () => {
    const quiet = { onRecorded: () => undefined, onWriteFailed: () => undefined };

    it('lets nothing count that is not written', async () => {
      const history = emptyHistory();
      const told: string[] = [];
      const recorder = createRecorder(
        journal,
        { history, seq: 0 },
        {
          onRecorded: (events) => void told.push(...events.map(({ kind }) => kind)),
          onWriteFailed: () => told.push('failed'),
        },
      );
      await recorder.record([buildDecided()]);
      await journal.close();
      await expect(recorder.record([buildStarted()])).rejects.toThrow();
      expect([...history.openEpisodes.values()]).toMatchObject([{ state: 'decided' }]);
      expect(told).toEqual(['decided', 'failed']);
    });

    /** A token of a name that nobody else has, as the history knows it. */
    const tokenNamed = (name: string, history: HistoryBook) => () => {
      if ([...history.tokens.values()].some((token) => token.name === name)) throw new Error('taken');
      const token = {
        ...{ id: randomUUID(), name, role: 'viewer' as const, hash: '' },
        createdBy: 'ann',
        createdAt: T0,
      };
      return [{ kind: 'token_created', at: T0, token } as const];
    };

    it('lets one of many win who check at once, though each knows another part of the journal', async () => {
      const recorders = Array.from({ length: 3 }, () => {
        const history = emptyHistory();
        return { history, recorder: createRecorder(journal, { history, seq: 0 }, quiet) };
      });
      const won = await Promise.allSettled(
        Array.from({ length: 12 }, (_, index) => {
          const { recorder, history } = recorders[index % recorders.length]!;
          return recorder.recordIf(tokenNamed('anna', history));
        }),
      );
      expect(won.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await kindsOf()).toEqual(['token_created']);
    });

    it('throws what the check throws; nothing is written, and no write has failed', async () => {
      const told: string[] = [];
      const listener = {
        onRecorded: () => void told.push('recorded'),
        onWriteFailed: () => void told.push('failed'),
      };
      const recorder = createRecorder(journal, { history: emptyHistory(), seq: 0 }, listener);
      const no = new Error('no');
      const refusal = recorder.recordIf(() => {
        throw no;
      });
      await expect(refusal).rejects.toBe(no);
      expect(told).toEqual([]);
      await recorder.recordIf(() => [buildDecided()]);
      expect([await kindsOf(), told]).toEqual([['decided'], ['recorded']]);
    });

    it('enters what was written though its answer was lost, before anything that comes after it', async () => {
      const history = emptyHistory();
      let lost = true;
      const losing: Journal = {
        ...journal,
        async append(...args) {
          const added = await journal.append(...args);
          if (lost) throw new Error('the answer was lost');
          return added;
        },
      };
      const recorder = createRecorder(losing, { history, seq: 0 }, quiet);
      await expect(recorder.record([buildDecided()])).rejects.toThrow('the answer was lost');
      lost = false;
      await recorder.record([buildStarted()]);
      await recorder.catchUp();
      expect([...history.openEpisodes.values()]).toMatchObject([{ state: 'executing' }]);
      expect(history.actionStarts).toHaveLength(1);
    });

    it('leaves out an alert that cannot be stored, and writes those that came with it', async () => {
      const leftOut: JournalEvent[] = [];
      let failed = 0;
      const recorder = createRecorder(
        journal,
        { history: emptyHistory(), seq: 0 },
        {
          onRecorded: () => undefined,
          onWriteFailed: () => (failed += 1),
          onLeftOut: (event) => leftOut.push(event),
        },
      );
      const circular: Record<string, unknown> = {};
      circular.self = circular;
      const alerts = ['a', 'b', 'c', 'd', 'e'].map((fingerprint) => ({ ...alert, fingerprint }));
      const bad = { ...alerts[2]!, labels: circular } as unknown as AlertReceived;
      expect(await recorder.recordNew(alerts.with(2, bad))).toBe(4);
      expect(await replayed(0)).toEqual(alerts.toSpliced(2, 1));
      expect([leftOut, failed]).toEqual([[bad], 0]);
    });

    it('catches up with what another one wrote, and enters nothing twice', async () => {
      const [one, other] = [emptyHistory(), emptyHistory()];
      const writer = createRecorder(journal, { history: one, seq: 0 }, quiet);
      const reader = createRecorder(journal, { history: other, seq: 0 }, quiet);
      await Promise.all([
        writer.record([buildDecided()]),
        writer.catchUp(),
        writer.record([buildStarted()]),
        writer.catchUp(),
      ]);
      await reader.catchUp();
      await reader.catchUp();
      expect(toSnapshot(other)).toBe(toSnapshot(one));
      expect(other.actionStarts).toHaveLength(1);
    });
  });
}
