import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildDecided, buildFinished, buildStarted, T0 } from '../../test/build.ts';
import { type Journal, openSqliteJournal, shortenJournal } from '../journal/index.ts';
import type { JournalEvent } from '../model/event.ts';
import { createTouchReader } from './read-touches.ts';

const DAY_MS = 86_400_000;
const { at: START } = buildStarted();

let directory: string;
let journal: Journal;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'touches-'));
  journal = openSqliteJournal(join(directory, 'journal.sqlite'));
});

afterEach(async () => {
  await journal.close();
  rmSync(directory, { recursive: true });
});

/** An action that was applied, `days` later than the others. */
function action(episode: string, days = 0): JournalEvent[] {
  return [
    buildDecided({ episode }),
    buildStarted({ episode, idempotencyKey: episode }),
    buildFinished({ episode }),
  ].map((event) => ({
    ...event,
    at: event.at + days * DAY_MS,
  }));
}

const episodesSince = async (read: ReturnType<typeof createTouchReader>, sinceMs: number) =>
  (await read(sinceMs)).touches.map(({ decided }) => decided.episode);

describe('the actions of the past', () => {
  it('are all there, whatever many decisions in shadow came after them', async () => {
    await journal.append(action('real'));
    for (let part = 0; part < 30; part++) {
      const shadows = Array.from({ length: 100 }, (_, index) =>
        buildDecided({ episode: `shadow-${part}-${index}`, mode: 'shadow' }),
      );
      await journal.append(shadows);
    }
    expect(await episodesSince(createTouchReader(journal), 0)).toEqual(['real']);
  });

  it('grow with the journal, and one that was known as under way ends', async () => {
    const read = createTouchReader(journal);
    const [decided, started, finished] = action('first');
    await journal.append([decided!, started!]);
    expect((await read(0)).touches).toMatchObject([{ fromMs: START, toMs: Infinity }]);
    const verified: JournalEvent = {
      ...{ kind: 'verified', at: finished!.at + 60_000, episode: 'first', rule: 'slow-api' },
      ...{ verdict: 'no_effect', observedAfter: { status: 'missing', because: '' } },
    };
    await journal.append([finished!, verified, ...action('second', 1)]);
    const { touches } = await read(0);
    expect(touches.map(({ toMs }) => Number.isFinite(toMs))).toEqual([true, false]);
  });

  it('are forgotten when their effect had gone before', async () => {
    const read = createTouchReader(journal);
    const gone: JournalEvent = {
      ...{ kind: 'reverted', at: T0 + DAY_MS, episode: 'old', rule: 'slow-api' },
      ...{ outcome: 'reverted', because: 'asked' },
    };
    await journal.append([...action('old'), gone, ...action('new', 3)]);
    expect(await episodesSince(read, T0)).toEqual(['old', 'new']);
    expect(await episodesSince(read, T0 + 2 * DAY_MS)).toEqual(['new']);
  });

  it('are known from the first row on that the journal still has', async () => {
    await journal.append(action('old'));
    expect(await createTouchReader(journal)(0)).toMatchObject({ knownFromMs: -Infinity });
    await journal.append(action('new', 3));
    await shortenJournal(journal, T0 + DAY_MS);
    const { touches, knownFromMs } = await createTouchReader(journal)(0);
    expect(touches.map(({ decided }) => decided.episode)).toEqual(['new']);
    expect(knownFromMs).toBe(buildDecided().at + 3 * DAY_MS);
  });
});
