import { createPool, type PoolConnection, type RowDataPacket } from 'mysql2/promise';
import { type Connections, type Opener, QueryFailed, type Row, type RunQuery } from './database.ts';
import { withDeadline } from './database-deadline.ts';

const IDLE_MS = 60_000;

export const mysqlOpener: Opener = {
  dialect: 'mysql',
  open({ url, timeoutMs, maxConnections }): Connections {
    const pool = createPool({
      uri: url.reveal().replace(/^mariadb:/, 'mysql:'),
      connectionLimit: maxConnections,
      maxIdle: maxConnections,
      idleTimeout: IDLE_MS,
      connectTimeout: timeoutMs,
      timezone: 'Z',
      supportBigNumbers: true,
      // Off is the default, and it stays off: a file cannot end the read-only transaction.
      multipleStatements: false,
    });
    return {
      snapshot: async (work, limitMs) => {
        const connection = await pool.getConnection();
        try {
          const result = await withDeadline(readInTransaction(connection, limitMs, work), limitMs);
          connection.release();
          return result;
        } catch (error) {
          connection.destroy();
          throw error;
        }
      },
      close: () => pool.end(),
    };
  },
  isWrongPassword: (error) => (error as { code?: string }).code === 'ER_ACCESS_DENIED_ERROR',
};

async function readInTransaction<T>(
  connection: PoolConnection,
  timeoutMs: number,
  work: (query: RunQuery) => Promise<T>,
): Promise<T> {
  const [[version]] = await connection.query<RowDataPacket[]>('select version() as version');
  const setTimeout = timeoutSetter(String(version?.version));
  await connection.query(
    `set session time_zone = '+00:00', lock_wait_timeout = ${Math.max(1, Math.ceil(timeoutMs / 10_000))}`,
  );
  await connection.query('set transaction isolation level repeatable read');
  await connection.query('start transaction with consistent snapshot, read only');
  const result = await work(async (sql, options) => {
    await connection.query(setTimeout(options?.timeoutMs ?? Math.ceil(timeoutMs / 2)));
    return runQuery(connection, sql);
  });
  await connection.query('commit');
  return result;
}

/** MariaDB limits statements in seconds, MySQL in milliseconds. */
function timeoutSetter(version: string): (timeoutMs: number) => string {
  return /mariadb/i.test(version)
    ? (timeoutMs) => `set session max_statement_time = ${timeoutMs / 1000}`
    : (timeoutMs) => `set session max_execution_time = ${timeoutMs}`;
}

async function runQuery(connection: PoolConnection, sql: string): Promise<readonly Row[]> {
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows;
  } catch (error) {
    if ((error as { fatal?: boolean }).fatal === true) throw error;
    throw new QueryFailed(error as Error);
  }
}
