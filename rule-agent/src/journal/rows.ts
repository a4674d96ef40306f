import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { canonicalJson } from '../model/canonical-json.ts';
import type { JournalEvent } from '../model/event.ts';
import { chainHash, GENESIS_HASH } from './hash-chain.ts';
import { type ChainCheck, type JournalQuery, type JournalRow, onceKeyOf } from './journal.ts';

/** Prepares adding one event at the end of the chain; to be used within a transaction. */
export function prepareAdd(database: DatabaseSync): (event: JournalEvent) => void {
  const head = database.prepare('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1');
  const insert = database.prepare(
    'INSERT INTO events (seq, once, body, previous_hash, hash) VALUES (?, ?, ?, ?, ?)',
  );
  return (event) => {
    const last = head.get() as { seq: number; hash: string } | undefined;
    const seq = (last?.seq ?? 0) + 1;
    const previousHash = last?.hash ?? GENESIS_HASH;
    const once = onceKeyOf(event);
    const body = canonicalJson(event);
    insert.run(seq, once, body, previousHash, chainHash(previousHash, { seq, once, body }));
  };
}

/** Prepares asking whether an event that may be there once only is there. */
export function prepareIsNew(database: DatabaseSync): (event: JournalEvent) => boolean {
  const exists = database.prepare('SELECT 1 FROM events WHERE once = ?');
  return (event) => {
    const once = onceKeyOf(event);
    return once === null || exists.get(once) === undefined;
  };
}

/** Rows that fit the query, newest first. */
export function findRows(database: DatabaseSync, query: JournalQuery): JournalRow[] {
  const { kinds, episode, rule, beforeSeq, limit } = query;
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const where = (condition: string, ...given: SQLInputValue[]) => {
    conditions.push(condition);
    values.push(...given);
  };
  if (kinds !== undefined) where(`kind IN (${kinds.map(() => '?').join(', ')})`, ...kinds);
  if (episode !== undefined) where('episode = ?', episode);
  if (rule !== undefined) where('rule = ?', rule);
  if (beforeSeq !== undefined) where('seq < ?', beforeSeq);
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const rows = database
    .prepare(`SELECT seq, hash, body FROM events ${filter} ORDER BY seq DESC LIMIT ?`)
    .all(...values, limit) as { seq: number; hash: string; body: string }[];
  return rows.map(({ seq, hash, body }) => ({ seq, hash, event: toEvent(body) }));
}

/** Every event in order, one at a time. */
export function* replayEvents(database: DatabaseSync): Generator<JournalEvent> {
  for (const row of database.prepare('SELECT body FROM events ORDER BY seq').iterate()) {
    yield toEvent(row.body as string);
  }
}

/**
 * Recomputes the whole chain.
 *
 * Rows cut off at the end leave a shorter chain that is intact: compare `headHash` with one noted elsewhere.
 */
export function verifyChain(database: DatabaseSync): ChainCheck {
  let headHash = GENESIS_HASH;
  let rows = 0;
  const all = database
    .prepare('SELECT seq, once, body, previous_hash, hash FROM events ORDER BY seq')
    .iterate();
  for (const row of all as Iterable<StoredRow>) {
    rows += 1;
    const brokenAtSeq = row.seq;
    if (row.seq !== rows) return { intact: false, brokenAtSeq, because: `row ${rows} is gone` };
    if (row.previous_hash !== headHash || row.hash !== chainHash(headHash, row)) {
      return { intact: false, brokenAtSeq, because: 'its content does not fit its hash' };
    }
    headHash = row.hash;
  }
  return { intact: true, rows, headHash };
}

interface StoredRow {
  seq: number;
  once: string | null;
  body: string;
  previous_hash: string;
  hash: string;
}

function toEvent(body: string): JournalEvent {
  return JSON.parse(body) as JournalEvent;
}
