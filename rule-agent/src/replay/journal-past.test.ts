import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildDecided, buildFinished, buildRule, buildStarted, T0 } from '../../test/build.ts';
import { type Journal, openSqliteJournal } from '../journal/index.ts';
import type { JournalEvent } from '../model/event.ts';
import { readJournalPast } from './journal-past.ts';

const DAY_MS = 86_400_000;
const directory = mkdtempSync(join(tmpdir(), 'journal-past-'));
let journal: Journal;

const daysLater = (event: JournalEvent, days: number) => ({ ...event, at: event.at + days * DAY_MS });
const action = (episode: string, days: number) =>
  [
    buildDecided({ episode, idempotencyKey: episode }),
    buildStarted({ episode, idempotencyKey: episode }),
    buildFinished({ episode }),
  ].map((event) => daysLater(event, days));

const { rule, ruleVersion, target, targetKey } = buildDecided();
const control: JournalEvent = {
  ...{ kind: 'control', at: T0, rule, ruleVersion, target, targetKey, episode: 'watched' },
  ...{ verdict: 'no_effect', errorPerSpread: 0.5 },
};

beforeAll(async () => {
  journal = openSqliteJournal(join(directory, 'journal.sqlite'));
  await journal.append([
    ...[...action('long-ago', -60), ...action('before', -10), ...action('within', 1)],
    daysLater(buildDecided({ episode: 'watched', mode: 'shadow' }), 2),
    daysLater(control, 2),
    ...action('after', 30),
  ]);
});

afterAll(async () => {
  await journal.close();
  rmSync(directory, { recursive: true });
});

it('what a journal tells of a range: its episodes, the actions from weeks before it on, and what was left alone', async () => {
  const past = await readJournalPast(journal, { fromMs: T0, toMs: T0 + 20 * DAY_MS });
  expect(past.episodes.map(({ episode }) => episode)).toEqual(['within']);
  expect(past.actions.touches.map(({ decided }) => decided.episode)).toEqual(['before', 'within', 'after']);
  expect(past.controlsOf(buildRule()).length).toBe(1);
  expect(past.controlsOf(buildRule({ version: 'another' }))).toEqual([]);
});
