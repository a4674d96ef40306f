import { Socket, type SocketConnectOpts } from 'node:net';
import { AddressGuard, messageOf, type Secret } from '@evenkeel/toolkit';
import { type DatabaseError, Pool, type PoolClient, TypeOverrides, types } from 'pg';

export interface SqlDatabaseOptions {
  url: Secret;
  timeoutMs: number;
  networks: readonly string[];
}

/** One statement as it is sent: text of the configuration, and values beside it. */
export interface Sql {
  text: string;
  values: readonly unknown[];
}

export interface SqlAnswer {
  rowCount: number;
  rows: unknown[][];
}

export type Query = (sql: Sql) => Promise<SqlAnswer>;

export interface SqlDatabase {
  /** Runs `work` in one transaction, which is committed when `work` says so and rolled back otherwise. */
  inTransaction<Result>(begin: string, work: (query: Query) => Promise<Done<Result>>): Promise<Result>;
  close(): Promise<void>;
}

export interface Done<Result> {
  result: Result;
  commit: boolean;
}

/** Thrown when a COMMIT was sent and nobody said what became of it. */
export class CommitUnclear extends Error {}

const CONNECTIONS = 2;

/** bigint and numeric come as numbers; what does not fit into one would not compare with anything in a configuration. */
const NUMBERS = new TypeOverrides();
NUMBERS.setTypeParser(types.builtins.INT8, Number);
NUMBERS.setTypeParser(types.builtins.NUMERIC, Number);

export function openSqlDatabase({ url, timeoutMs, networks }: SqlDatabaseOptions): SqlDatabase {
  const guard = new AddressGuard([...networks, ...ownAddresses(url)]);
  const pool = new Pool({
    connectionString: url.reveal(),
    max: CONNECTIONS,
    application_name: 'evenkeel-agent-actions',
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    lock_timeout: timeoutMs,
    idle_in_transaction_session_timeout: timeoutMs,
    query_timeout: timeoutMs,
    types: NUMBERS,
    stream: () => new GuardedSocket(guard),
  });
  // A connection that breaks while nobody uses it: the next query opens another.
  pool.on('error', () => undefined);
  return {
    close: () => pool.end(),
    inTransaction: (begin, work) => inTransaction(pool, begin, work),
  };
}

async function inTransaction<Result>(
  pool: Pool,
  begin: string,
  work: (query: Query) => Promise<Done<Result>>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const { result, commit } = await work((sql) => run(client, sql));
    if (commit) await client.query('COMMIT').catch(commitFailed);
    else await client.query('ROLLBACK');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: unknown) => (broken = cause as Error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A COMMIT that the server refused has undone everything; any other failure leaves it open. */
function commitFailed(error: unknown): never {
  if (isDatabaseError(error) && error.severity === 'ERROR') throw error;
  throw new CommitUnclear(messageOf(error), { cause: error });
}

async function run(client: PoolClient, { text, values }: Sql): Promise<SqlAnswer> {
  // The extended protocol takes one statement only, also without parameters.
  const answer = await client.query<unknown[], unknown[]>({
    ...{ text, values: [...values], rowMode: 'array' },
    ...{ queryMode: 'extended' },
  });
  return { rowCount: answer.rowCount ?? 0, rows: answer.rows };
}

export function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'severity' in error;
}

/** Names are resolved by the guard, at every connection. */
class GuardedSocket extends Socket {
  readonly #guard: AddressGuard;

  constructor(guard: AddressGuard) {
    super();
    this.#guard = guard;
  }

  // pg calls it with a port and a host, or with the path of a socket.
  override connect(...given: unknown[]): this {
    const [port, host] = given;
    if (typeof port !== 'number' || typeof host !== 'string') return super.connect(port as string);
    const options: SocketConnectOpts = { port, host, lookup: this.#guard.lookup };
    return super.connect(options);
  }
}

function ownAddresses(url: Secret): string[] {
  const host = new URL(url.reveal()).hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' ? ['127.0.0.0/8', '::1'] : [];
}
