import pg from 'pg';
import { type Connections, type Opener, QueryFailed, type Row, type RunQuery } from './database.ts';
import { withDeadline } from './database-deadline.ts';

const IDLE_MS = 60_000;
const WRONG_PASSWORD = ['28P01', '28000'];

export const postgresOpener: Opener = {
  dialect: 'postgres',
  open({ url, timeoutMs, maxConnections }): Connections {
    const pool = new pg.Pool({
      connectionString: url.reveal(),
      application_name: 'evenkeel-exporter',
      max: maxConnections,
      idleTimeoutMillis: IDLE_MS,
      connectionTimeoutMillis: timeoutMs,
      allowExitOnIdle: true,
    });
    // Without listeners, a connection that breaks would end the process: while it is idle the pool's is asked, while it is
    // in use its own, beside the error of the query.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
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
  client: pg.PoolClient,
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
  client: pg.PoolClient,
  sql: string,
  { queryMs, ownMs }: QueryLimits,
): Promise<readonly Row[]> {
  const own = ownMs === queryMs ? '' : `; SET LOCAL statement_timeout = ${ownMs}`;
  // Going back to the savepoint, or forgetting it, also takes back the query's own timeout where it failed.
  await client.query(`SAVEPOINT before_query${own}`);
  try {
    // The extended protocol takes one statement only: a file cannot end the read-only transaction.
    const { rows } = await client.query<Row>({ text: sql, queryMode: 'extended' } as pg.QueryConfig);
    if (own !== '') await client.query(`SET LOCAL statement_timeout = ${queryMs}`);
    return rows;
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT before_query');
    throw new QueryFailed(error as Error);
  }
}
