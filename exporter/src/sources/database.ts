import type { Secret } from '@evenkeel/toolkit';
import pg from 'pg';

export type Row = Readonly<Record<string, unknown>>;
export type RunQuery = (sql: string) => Promise<readonly Row[]>;

/** A database that can be read in one consistent snapshot. */
export interface Database {
  name: string;
  /**
   * Runs queries that all see the same moment, read-only.
   *
   * @throws Error when there is no connection, a query fails, or all of it takes longer than the timeout
   */
  snapshot<T>(work: (query: RunQuery) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  name: string;
  url: Secret;
  /** Limit of connecting, and again of all queries of a snapshot together; a single query gets half of it. */
  timeoutMs: number;
}

/** A query that failed on a connection that works: the next one may still be asked. */
export class QueryFailed extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'QueryFailed';
  }
}

const MAX_CONNECTIONS = 2;
const IDLE_MS = 60_000;

/** A PostgreSQL database. It connects when first asked and again by itself after a failure. */
export function openPostgres({ name, url, timeoutMs }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url.reveal(),
    application_name: 'evenkeel-exporter',
    max: MAX_CONNECTIONS,
    idleTimeoutMillis: IDLE_MS,
    connectionTimeoutMillis: timeoutMs,
    allowExitOnIdle: true,
  });
  // Without a listener, a connection that breaks while idle would end the process; the pool replaces it by itself.
  pool.on('error', () => undefined);
  return {
    name,
    snapshot: (work) => snapshot(pool, timeoutMs, work),
    close: () => pool.end(),
  };
}

async function snapshot<T>(
  pool: pg.Pool,
  timeoutMs: number,
  work: (query: RunQuery) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  const reading = readInTransaction(client, timeoutMs, work);
  reading.catch(() => undefined);
  try {
    const result = await Promise.race([reading, late]);
    client.release();
    return result;
  } catch (error) {
    // The connection may be broken, in a failed transaction or still busy: closing it is right in each case.
    client.release(true);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function readInTransaction<T>(
  client: pg.PoolClient,
  timeoutMs: number,
  work: (query: RunQuery) => Promise<T>,
): Promise<T> {
  await client.query(beginSnapshot(timeoutMs));
  const result = await work((sql) => runQuery(client, sql));
  await client.query('COMMIT');
  return result;
}

/** A locked table or one slow query is to cost its own figures only, so it gets a part of the time and not all of it. */
function beginSnapshot(timeoutMs: number): string {
  return [
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    `SET LOCAL statement_timeout = ${Math.ceil(timeoutMs / 2)}`,
    `SET LOCAL lock_timeout = ${Math.ceil(timeoutMs / 10)}`,
    'SET LOCAL jit = off',
  ].join('; ');
}

async function runQuery(client: pg.PoolClient, sql: string): Promise<readonly Row[]> {
  await client.query('SAVEPOINT before_query');
  try {
    // The extended protocol takes one statement only: a file cannot end the read-only transaction.
    const { rows } = await client.query<Row>({ text: sql, queryMode: 'extended' } as pg.QueryConfig);
    return rows;
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT before_query');
    throw new QueryFailed(error as Error);
  }
}
