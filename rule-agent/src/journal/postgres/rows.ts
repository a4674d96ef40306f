import { createPace } from '@evenkeel/toolkit';
import type { Pool, PoolClient } from 'pg';
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
  onceKeyOf,
} from '../journal.ts';
import { toStoredText } from '../stored-text.ts';

type Queryable = Pick<PoolClient, 'query'> | Pick<Pool, 'query'>;

const COLUMNS = 'seq, once, body, previous_hash AS "previousHash", hash';
const ROWS_AT_ONCE = 2_000;

/** Adds events at the end of the chain, within a transaction that nobody else can have at the same time. */
export async function addRows(
  client: PoolClient,
  events: NewEvents,
  { onlyNew = false, catchUp }: AppendOptions,
): Promise<Added & { head: Anchor }> {
  const last = await lastRow(client);
  if (catchUp !== undefined && catchUp.seq < last.seq) {
    for await (const row of rowsAfter(client, catchUp.seq)) catchUp.enter(toJournalRow(row));
  }
  const wanted = eventsOf(events);
  const added = onlyNew ? await newOnes(client, wanted) : wanted;
  if (added.length === 0) return { events: added, lastSeq: undefined, head: last };
  const rows = await chain(last, added);
  await insertRows(client, rows);
  const { seq, hash } = rows.at(-1)!;
  return { events: added, lastSeq: seq, head: { seq, hash } };
}

/** The rows of the events, in turns: many of them take long to hash. */
async function chain(
  last: Pick<StoredRow, 'seq' | 'hash'>,
  events: readonly JournalEvent[],
): Promise<StoredRow[]> {
  const pace = createPace();
  const rows: StoredRow[] = [];
  for (const event of events) {
    rows.push(nextRow(rows.at(-1) ?? last, event));
    await pace();
  }
  return rows;
}

/**
 * One statement, however many: each way to the server and back would prolong the transaction. A column is one text with a line for
 * each row, since JSON has no line breaks; as arrays they would hold up this process for as long as everything else together.
 */
async function insertRows(client: PoolClient, rows: readonly StoredRow[]): Promise<void> {
  const lines = (name: 'once' | 'body' | 'previousHash' | 'hash') => toLines(rows.map((row) => row[name]));
  await client.query(
    `INSERT INTO events (seq, once, body, previous_hash, hash)
     SELECT $1 + line - 1, once, body, previous_hash, hash
     FROM unnest(${fromLines('$2')}, ${fromLines('$3')}, ${fromLines('$4')}, ${fromLines('$5')})
       WITH ORDINALITY AS added (once, body, previous_hash, hash, line)`,
    [rows[0]!.seq, lines('once'), lines('body'), lines('previousHash'), lines('hash')],
  );
}

function toLines(texts: readonly (string | null)[]): string {
  return texts.map((text) => text ?? '').join('\n');
}

/** SQL for the lines of a parameter as an array; an empty line is NULL. */
function fromLines(parameter: string): string {
  return `string_to_array(${parameter}, E'\\n', '')`;
}

async function lastRow(client: PoolClient): Promise<Anchor> {
  const { rows } = await client.query<StoredRow>('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1');
  if (rows[0] !== undefined) return rows[0];
  const snapshot = await readSnapshot(client);
  return snapshot === undefined
    ? { seq: 0, hash: GENESIS_HASH }
    : { seq: snapshot.seq, hash: snapshot.headHash };
}

/** Those of the events that may be there once only and are there, or stand twice in the list, left out. */
async function newOnes(client: PoolClient, events: readonly JournalEvent[]): Promise<JournalEvent[]> {
  const keys = events.map(onceKeyOf).filter((key) => key !== null);
  const { rows } = await client.query<{ once: string }>(
    `SELECT once FROM events WHERE once = ANY(${fromLines('$1')})`,
    [toLines(keys)],
  );
  const known = new Set(rows.map(({ once }) => once));
  return events.filter((event) => {
    const once = onceKeyOf(event);
    if (once === null) return true;
    const isNew = !known.has(once);
    known.add(once);
    return isNew;
  });
}

/** Rows that fit the query, newest first. */
export async function findRows(pool: Queryable, query: JournalQuery): Promise<JournalRow[]> {
  const { kinds, episode, rule, beforeSeq, limit } = query;
  const conditions: string[] = [];
  const values: unknown[] = [];
  const where = (condition: string, value: unknown) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition.replace('?', `$${values.length}`));
  };
  where('kind = ANY(?)', kinds);
  where('episode = ?', episode && toStoredText(episode));
  where('rule = ?', rule && toStoredText(rule));
  where('seq < ?', beforeSeq);
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const { rows } = await pool.query<StoredRow>(
    `SELECT seq, hash, body FROM events ${filter} ORDER BY seq DESC LIMIT $${values.length + 1}`,
    [...values, limit],
  );
  return rows.map(toJournalRow);
}

/** Every row after the given one, in order, some at a time. */
export async function* rowsAfter(pool: Queryable, afterSeq: number): AsyncGenerator<StoredRow> {
  let seq = afterSeq;
  for (;;) {
    const { rows } = await pool.query<StoredRow>(
      `SELECT ${COLUMNS} FROM events WHERE seq > $1 ORDER BY seq LIMIT ${ROWS_AT_ONCE}`,
      [seq],
    );
    yield* rows;
    if (rows.length < ROWS_AT_ONCE) return;
    seq = rows.at(-1)!.seq;
  }
}

export async function lastSeqBefore(pool: Queryable, atMs: number): Promise<number> {
  const { rows } = await pool.query<{ seq: number | null }>(
    'SELECT max(seq) AS seq FROM events WHERE at < $1',
    [atMs],
  );
  return rows[0]?.seq ?? 0;
}

export async function hashOf(client: Queryable, seq: number): Promise<string | undefined> {
  const { rows } = await client.query<{ hash: string }>('SELECT hash FROM events WHERE seq = $1', [seq]);
  return rows[0]?.hash;
}

/** The hash of a row, or that older rows were taken out beyond it. */
export async function hashAt(client: Queryable, seq: number): Promise<FoundHash> {
  const { rows } = await client.query<{ hash: string }>(
    `SELECT hash FROM events WHERE seq = $1
     UNION ALL SELECT CASE seq WHEN $1 THEN head_hash ELSE '${SHORTENED}' END FROM anchor WHERE seq >= $1`,
    [seq],
  );
  return rows[0]?.hash;
}

export async function readSnapshot(client: Queryable): Promise<StoredSnapshot | undefined> {
  const { rows } = await client.query<StoredSnapshot>(
    'SELECT seq, head_hash AS "headHash", state, hash FROM anchor',
  );
  return rows[0];
}

/** Puts the snapshot in the place of the rows up to it, within a transaction. */
export async function shortenTo(client: PoolClient, snapshot: StoredSnapshot): Promise<void> {
  await client.query('DELETE FROM anchor');
  await client.query('INSERT INTO anchor (id, seq, head_hash, state, hash) VALUES (1, $1, $2, $3, $4)', [
    snapshot.seq,
    snapshot.headHash,
    snapshot.state,
    snapshot.hash,
  ]);
  await client.query('DELETE FROM events WHERE seq <= $1', [snapshot.seq]);
}
