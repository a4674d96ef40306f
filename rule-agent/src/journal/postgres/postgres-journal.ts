import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { committed, inTransaction } from '@evenkeel/toolkit/postgres';
import { type Anchor, requireKnownRow } from '../anchor.ts';
import { invalidEvent, toJournalRow } from '../event-body.ts';
import { snapshotHash, checkChain } from '../hash-chain.ts';
import {
  type ChainCheck,
  type Journal,
  type JournalReader,
  type JournalRow,
  type NewSnapshot,
  Refusal,
} from '../journal.ts';
import type { Connections } from './database.ts';
import type { Lease } from './lease.ts';
import {
  addRows,
  findRows,
  hashAt,
  hashOf,
  lastSeqBefore,
  readSnapshot,
  rowsAfter,
  shortenTo,
} from './rows.ts';

/** A transaction of some ten milliseconds, far from any timeout: its rows are hashed within it, since each hash covers the one before. */
const PART_SIZE = { rows: 1_000, bytes: 1024 * 1024 };

/** The journal in a PostgreSQL that several agents share; only the one that holds the lease can write. */
export function createPostgresJournal(
  { reading: pool, writing, close }: Pick<Connections, 'reading' | 'writing' | 'close'>,
  lease: Pick<Lease, 'hold' | 'leader'>,
): Journal {
  let previous: Promise<unknown> = Promise.resolve();
  // One after the other: the lease keeps out other agents, not this one.
  const write = <Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
    const result = previous.then(() => writeFenced({ pool: writing, lease }, work));
    previous = result.catch(() => undefined);
    return result;
  };
  let known: Anchor = { seq: 0, hash: '' };
  const learn = ({ seq, hash }: Anchor) => {
    if (seq > known.seq) known = { seq, hash };
  };
  return {
    partSize: PART_SIZE,
    check: () =>
      read(async () => {
        requireKnownRow('in PostgreSQL', known, await hashAt(pool, known.seq));
      }),
    async append(events, options = {}) {
      const { head, ...added } = await write((client) => addRows(client, events, options));
      learn(head);
      return added;
    },
    ...readPostgresJournal(pool),
    async *replay(afterSeq) {
      for await (const row of replay(pool, afterSeq)) {
        learn(row);
        yield row;
      }
    },
    shorten: (snapshot) => write((client) => shorten(client, snapshot)),
    requireWritable: () =>
      write(async (client) => {
        await client.query(
          'INSERT INTO heartbeat (id, at) VALUES (1, 0) ON CONFLICT (id) DO UPDATE SET at = heartbeat.at',
        );
      }),
    beat: (atMs) =>
      write(async (client) => {
        await client.query(
          'INSERT INTO heartbeat (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = $1',
          [atMs],
        );
      }),
    close,
  };
}

/** The same for whoever only reads it. */
export function readPostgresJournal(pool: Pool): JournalReader {
  return {
    find: (query) => read(() => findRows(pool, query)),
    replay: (afterSeq) => replay(pool, afterSeq),
    snapshot: () => read(() => readSnapshot(pool)),
    lastSeqBefore: (atMs) => read(() => lastSeqBefore(pool, atMs)),
    verifyChain: () => read(() => verifyChain(pool)),
    lastBeatMs: () =>
      read(async () => {
        const { rows } = await pool.query<{ at: number }>('SELECT at FROM heartbeat');
        return rows[0]?.at ?? 0;
      }),
    close: () => pool.end(),
  };
}

/** Of one moment: the leader may shorten the journal meanwhile. */
function verifyChain(pool: Pool): Promise<ChainCheck> {
  return inTransaction(pool, {
    begin: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    work: committed(async (client) => checkChain(await readSnapshot(client), rowsAfter(client, 0))),
  });
}

async function* replay(pool: Pool, afterSeq: number): AsyncGenerator<JournalRow> {
  try {
    for await (const row of rowsAfter(pool, afterSeq)) yield toJournalRow(row);
  } catch (error) {
    throw asReadError(error);
  }
}

async function read<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw asReadError(error);
  }
}

function asReadError(cause: unknown): EvenkeelError {
  if (cause instanceof EvenkeelError) return cause;
  return new EvenkeelError('JOURNAL_READ_FAILED', `the journal cannot be read: ${messageOf(cause)}`, {
    cause,
    hint: 'check that PostgreSQL can be reached; until then the agent does not act',
  });
}

async function shorten(client: PoolClient, { seq, state }: NewSnapshot): Promise<void> {
  const headHash = await hashOf(client, seq);
  if (headHash === undefined) throw new Error(`there is no row ${seq}`);
  await shortenTo(client, { seq, headHash, state, hash: snapshotHash({ seq, headHash, state }) });
}

interface Fenced {
  pool: Pool;
  lease: Pick<Lease, 'hold' | 'leader'>;
}

/** One transaction that holds the lease: who lost it cannot write, and nobody can take it until this is durable. */
async function writeFenced<Result>(
  { pool, lease }: Fenced,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  try {
    return await inTransaction(pool, {
      work: committed(async (client) => {
        if (!(await lease.hold(client))) throw standby(lease);
        return work(client);
      }),
    });
  } catch (error) {
    throw asWriteError(error);
  }
}

function standby({ leader }: Pick<Lease, 'leader'>): EvenkeelError {
  const { holder = 'another agent', url = '' } = leader() ?? {};
  return new EvenkeelError('JOURNAL_STANDBY', `this agent stands by; ${holder} leads`, {
    hint: url === '' ? 'send it to the agent that leads' : `send it to ${url}`,
  });
}

function asWriteError(error: unknown): Error {
  if (error instanceof EvenkeelError || error instanceof Refusal) return error;
  if (isFaultOfData(error)) return invalidEvent(error);
  return new EvenkeelError('JOURNAL_WRITE_FAILED', `the journal cannot be written: ${messageOf(error)}`, {
    cause: error,
    hint: 'check that PostgreSQL can be reached and has room; until then the agent does not act',
  });
}

/** Data exceptions, and values beyond a limit such as that of an index: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isFaultOfData(error: unknown): boolean {
  return error instanceof DatabaseError && /^(22|54)/.test(error.code ?? '');
}
