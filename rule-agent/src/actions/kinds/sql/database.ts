import { Socket, type SocketConnectOpts } from 'node:net';
import { AddressGuard, messageOf, type Secret } from '@evenkeel/toolkit';
import type { DatabaseError, PoolClient } from 'pg';
import { BIGINT, createPool, type Done, inTransaction, NUMERIC } from '@evenkeel/toolkit/postgres';

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
  /** Cuts what is under way. */
  close(): Promise<void>;
}

/** Thrown when a COMMIT was sent and nobody said what became of it. */
export class CommitUnclear extends Error {}

const CONNECTIONS = 2;

export function openSqlDatabase({ url, timeoutMs, networks }: SqlDatabaseOptions): SqlDatabase {
  const guard = new AddressGuard([...networks, ...ownAddresses(url)]);
  const sockets = new Set<Socket>();
  const openSocket = () => {
    const socket = new GuardedSocket(guard);
    sockets.add(socket);
    return socket.once('close', () => sockets.delete(socket));
  };
  const pool = createPool({
    url,
    connections: CONNECTIONS,
    timeoutMs,
    // What does not fit into a number would not compare with anything in a configuration.
    numbers: [BIGINT, NUMERIC],
    application: 'evenkeel-agent-actions',
    lock_timeout: timeoutMs,
    idle_in_transaction_session_timeout: timeoutMs,
    stream: openSocket,
  });
  return {
    async close() {
      const ended = pool.end();
      for (const socket of sockets) socket.destroySoon();
      await ended;
    },
    inTransaction: (begin, work) =>
      inTransaction(pool, { begin, commitFailed, work: (client) => work((sql) => run(client, sql)) }),
  };
}

/** A COMMIT that the server refused has undone everything; any other failure leaves it open. */
function commitFailed(error: unknown): Error {
  if (isDatabaseError(error) && error.severity === 'ERROR') return error;
  return new CommitUnclear(messageOf(error), { cause: error });
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
