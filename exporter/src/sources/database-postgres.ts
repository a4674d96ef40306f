import { createPool } from '@evenkeel/toolkit/postgres';
import type { PoolClient, QueryConfig } from 'pg';
import { type Connections, type Opener, QueryFailed, type Row, type RunQuery } from './database.ts';
import { withDeadline } from './database-deadline.ts';

const IDLE_MS = 60_000;
const WRONG_PASSWORD = ['28P01', '28000'];

export const postgresOpener: Opener = {
  dialect: 'postgres',
  open({ url, timeoutMs, maxConnections }): Connections {
    const pool = createPool({
      ...{ url, application: 'evenkeel-exporter', connections: maxConnections, timeoutMs },
      // Each snapshot limits its statements itself: counting everything may take longer.
      ...{ statement_timeout: false, query_timeout: 0 },
      ...{ idleTimeoutMillis: IDLE_MS, allowExitOnIdle: true },
    });
    return {
      snapshot: async (work, limitMs) => {
        const client = await pool.connect();
        try {
          const result = await withDeadline(readInTransaction(client, limitMs, work), limitMs);
          client.release();
          return result;
        } catch (error) {
          // The connection may be broken, in a failed transaction or still busy: closing it is right in each case.
          client.release(true);
          throw error;
        }
      },
      close: () => pool.end(),
    };
  },
  isWrongPassword: (error) => WRONG_PASSWORD.includes((error as { code?: string }).code ?? ''),
};

async function readInTransaction<T>(
  client: PoolClient,
  timeoutMs: number,
  work: (query: RunQuery) => Promise<T>,
): Promise<T> {
  const queryMs = Math.ceil(timeoutMs / 2);
  await client.query(beginSnapshot(timeoutMs, queryMs));
  const result = await work((sql, options) =>
    runQuery(client, sql, { queryMs, ownMs: options?.timeoutMs ?? queryMs }),
  );
  await client.query('COMMIT');
  return result;
}

/** A locked table or one slow query is to cost its own figures only, so it gets a part of the time and not all of it. */
function beginSnapshot(timeoutMs: number, queryMs: number): string {
  return [
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    `SET LOCAL statement_timeout = ${queryMs}`,
    `SET LOCAL lock_timeout = ${Math.ceil(timeoutMs / 10)}`,
    "SET LOCAL TIME ZONE 'UTC'",
    'SET LOCAL jit = off',
  ].join('; ');
}

interface QueryLimits {
  queryMs: number;
  ownMs: number;
}

async function runQuery(
  client: PoolClient,
  sql: string,
  { queryMs, ownMs }: QueryLimits,
): Promise<readonly Row[]> {
  const own = ownMs === queryMs ? '' : `; SET LOCAL statement_timeout = ${ownMs}`;
  // Going back to the savepoint, or forgetting it, also takes back the query's own timeout where it failed.
  await client.query(`SAVEPOINT before_query${own}`);
  try {
    // The extended protocol takes one statement only: a file cannot end the read-only transaction.
    const { rows } = await client.query<Row>({ text: sql, queryMode: 'extended' } as QueryConfig);
    if (own !== '') await client.query(`SET LOCAL statement_timeout = ${queryMs}`);
    return rows;
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT before_query');
    throw new QueryFailed(error as Error);
  }
}
