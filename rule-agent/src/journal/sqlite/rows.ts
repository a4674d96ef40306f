import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { JournalEvent } from '../../model/event.ts';
import { type Anchor, type FoundHash, SHORTENED } from '../anchor.ts';
import { nextRow, toJournalRow } from '../event-body.ts';
import { GENESIS_HASH, type StoredSnapshot, type StoredRow } from '../hash-chain.ts';
import {
  type Added,
  type AppendOptions,
  eventsOf,
  type JournalQuery,
  type JournalRow,
  type NewEvents,
} from '../journal.ts';
import { toStoredText } from '../stored-text.ts';

const COLUMNS = 'seq, once, body, previous_hash AS previousHash, hash';
const ROWS_AT_ONCE = 2_000;

/** Adds events at the end of the chain; to be used within a transaction. */
export type Add = (events: NewEvents, options: AppendOptions) => Added;

export function prepareAdd(database: DatabaseSync): Add {
  const exists = database.prepare('SELECT 1 FROM events WHERE once = ?');
  const insert = database.prepare(
    'INSERT INTO events (seq, once, body, previous_hash, hash) VALUES (?, ?, ?, ?, ?)',
  );
  return (events, { onlyNew = false, catchUp }) => {
    let last: Anchor = headOf(database);
    if (catchUp !== undefined && catchUp.seq < last.seq) {
      for (const row of rowsAfter(database, catchUp.seq)) catchUp.enter(toJournalRow(row));
    }
    const added: JournalEvent[] = [];
    for (const event of eventsOf(events)) {
      const row = nextRow(last, event);
      if (onlyNew && row.once !== null && exists.get(row.once) !== undefined) continue;
      insert.run(row.seq, row.once, row.body, row.previousHash, row.hash);
      added.push(event);
      last = row;
    }
    return { events: added, lastSeq: added.length === 0 ? undefined : last.seq };
  };
}

function beforeFirst(database: DatabaseSync): Anchor {
  const snapshot = readSnapshot(database);
  return snapshot === undefined
    ? { seq: 0, hash: GENESIS_HASH }
    : { seq: snapshot.seq, hash: snapshot.headHash };
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
  if (episode !== undefined) where('episode = ?', toStoredText(episode));
  if (rule !== undefined) where('rule = ?', toStoredText(rule));
  if (beforeSeq !== undefined) where('seq < ?', beforeSeq);
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const rows = database
    .prepare(`SELECT seq, hash, body FROM events ${filter} ORDER BY seq DESC LIMIT ?`)
    .all(...values, limit) as unknown as StoredRow[];
  return rows.map(toJournalRow);
}

/** Every row after the given one, in order, one at a time. */
export function rowsAfter(database: DatabaseSync, seq: number): Iterable<StoredRow> {
  const statement = database.prepare(`SELECT ${COLUMNS} FROM events WHERE seq > ? ORDER BY seq`);
  return statement.iterate(seq) as Iterable<StoredRow>;
}

/** The first of them, so many that whoever else waits for the file waits for a moment. */
export function someRowsAfter(database: DatabaseSync, seq: number): StoredRow[] {
  const statement = database.prepare(
    `SELECT ${COLUMNS} FROM events WHERE seq > ? ORDER BY seq LIMIT ${ROWS_AT_ONCE}`,
  );
  return statement.all(seq) as unknown as StoredRow[];
}

/** When the agent was last alive, or 0. */
export function lastBeat(database: DatabaseSync): number {
  return (database.prepare('SELECT at FROM heartbeat').get()?.at as number | undefined) ?? 0;
}

export function lastSeqBefore(database: DatabaseSync, atMs: number): number {
  const statement = database.prepare("SELECT max(seq) AS seq FROM events WHERE body ->> '$.at' < ?");
  return (statement.get(atMs)?.seq as number | null) ?? 0;
}

export function hashOf(database: DatabaseSync, seq: number): string | undefined {
  return database.prepare('SELECT hash FROM events WHERE seq = ?').get(seq)?.hash as string | undefined;
}

/** The hash of a row, or that older rows were taken out beyond it. */
export function hashAt(database: DatabaseSync, seq: number): FoundHash {
  const snapshot = readSnapshot(database);
  if (snapshot?.seq === seq) return snapshot.headHash;
  if (snapshot !== undefined && snapshot.seq > seq) return SHORTENED;
  return hashOf(database, seq);
}

/** The last row; of a journal without rows, the one that the chain goes on from. */
export function headOf(database: DatabaseSync): Anchor {
  const last = database.prepare('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1').get();
  return (last as Anchor | undefined) ?? beforeFirst(database);
}

export function readSnapshot(database: DatabaseSync): StoredSnapshot | undefined {
  const row = database.prepare('SELECT seq, head_hash AS headHash, state, hash FROM anchor').get();
  return row as StoredSnapshot | undefined;
}

/** Puts the snapshot in the place of the rows up to it; to be used within a transaction. */
export function shortenTo(database: DatabaseSync, { seq, headHash, state, hash }: StoredSnapshot): void {
  database
    .prepare('INSERT OR REPLACE INTO anchor (id, seq, head_hash, state, hash) VALUES (1, ?, ?, ?, ?)')
    .run(seq, headHash, state, hash);
  database.prepare('DELETE FROM events WHERE seq <= ?').run(seq);
}
