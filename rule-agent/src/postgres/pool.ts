import { Pool, type PoolClient, type PoolConfig, TypeOverrides, types } from 'pg';

export interface PoolOptions extends PoolConfig {
  connections: number;
  /** For one statement, and for a connection. */
  timeoutMs: number;
  /** Types that come as numbers, where text would keep digits that nobody here needs. */
  numbers: readonly number[];
}

/** The types of PostgreSQL that JavaScript has no number for by itself. */
export const BIGINT = types.builtins.INT8;
export const NUMERIC = types.builtins.NUMERIC;

/** Connections to one PostgreSQL; nothing is connected before it is used, and a connection that breaks ends no process. */
export function createPool({ connections, timeoutMs, numbers, ...options }: PoolOptions): Pool {
  const overrides = new TypeOverrides();
  for (const type of numbers) overrides.setTypeParser(type, Number);
  const pool = new Pool({
    max: connections,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs,
    types: overrides,
    ...options,
  });
  // A connection that breaks while nobody uses it: the next query opens another.
  pool.on('error', () => undefined);
  // One that breaks between two queries of a transaction: the next of them fails. Without a listener the process would end.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** What comes of a transaction, and whether it is to stand. */
export interface Done<Result> {
  result: Result;
  commit: boolean;
}

export interface Transaction<Result> {
  /** With its isolation, where it is not the default. */
  begin?: string;
  work: (client: PoolClient) => Promise<Done<Result>>;
  /** Makes the error of a COMMIT that failed, which may have been done all the same. */
  commitFailed?: (error: unknown) => Error;
}

/** Runs `work` in one transaction. Whatever fails rolls it back; a connection that cannot do even that is thrown away. */
export async function inTransaction<Result>(pool: Pool, transaction: Transaction<Result>): Promise<Result> {
  const { begin = 'BEGIN', work, commitFailed } = transaction;
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const { result, commit } = await work(client);
    if (!commit) await client.query('ROLLBACK');
    else {
      await client.query('COMMIT').catch((error: unknown) => {
        throw commitFailed?.(error) ?? error;
      });
    }
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: unknown) => (broken = cause as Error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** For work that stands whenever it does not fail. */
export function committed<Result>(
  work: (client: PoolClient) => Promise<Result>,
): Transaction<Result>['work'] {
  return async (client) => ({ result: await work(client), commit: true });
}
