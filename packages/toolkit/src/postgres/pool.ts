import { Pool, type PoolConfig, TypeOverrides, types } from 'pg';
import type { Secret } from '../secret.ts';

export interface PoolOptions extends Omit<PoolConfig, 'connectionString' | 'max' | 'application_name'> {
  /** With the password, and with what it says of TLS (`sslmode`). */
  url: Secret;
  /** Who connects, as PostgreSQL shows it. */
  application: string;
  connections: number;
  /** For a connection, and for one statement: on the server, and here, where the server may be gone. */
  timeoutMs: number;
  /** Types that come as numbers, where text would keep digits that nobody here needs. */
  numbers?: readonly number[];
}

/** The types of PostgreSQL that JavaScript has no number for by itself. */
export const BIGINT = types.builtins.INT8;
export const NUMERIC = types.builtins.NUMERIC;

/** Connections to one PostgreSQL; nothing is connected before it is used, and a connection that breaks ends no process. */
export function createPool(options: PoolOptions): Pool {
  const { url, application, connections, timeoutMs, numbers = [], ...others } = options;
  const overrides = new TypeOverrides();
  for (const type of numbers) overrides.setTypeParser(type, Number);
  const pool = new Pool({
    connectionString: url.reveal(),
    application_name: application,
    max: connections,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs,
    types: overrides,
    ...others,
  });
  // It holds the password: whoever logs the pool is not to log that.
  Object.defineProperty(pool.options, 'connectionString', { value: url.reveal(), enumerable: false });
  // A connection that breaks while nobody uses it: the next query opens another.
  pool.on('error', () => undefined);
  // One that breaks between two queries of a transaction: the next of them fails. Without a listener the process would end.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
