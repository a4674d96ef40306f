import type { Logger } from '@evenkeel/toolkit';
import pg from 'pg';

/** What runs SQL: the pool, or one connection within a transaction. */
export interface Queryable {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface DatabaseOptions {
  /** Holds a password: never log it. */
  url: string;
  maxConnections: number;
  logger: Logger;
}

const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 60_000;
const TRANSACTION_ATTEMPTS = 3;
const BIGINT_OID = 20;
// PostgreSQL's codes for work that failed only because of other work at the same time.
const RETRIABLE = new Set(['40001', '40P01']);

/** The warehouse's connections: a pool whose size can change while it is in use. */
export class Database implements Queryable {
  readonly #options: DatabaseOptions;
  #pool: pg.Pool;

  constructor(options: DatabaseOptions) {
    this.#options = options;
    this.#pool = this.#openPool(options.maxConnections);
  }

  query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return run<Row>(this.#pool, text, values);
  }

  /** Runs `work` in one transaction: all of it or nothing. It may run again when PostgreSQL broke a deadlock. */
  async transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(work);
      } catch (error) {
        if (attempt === TRANSACTION_ATTEMPTS || !RETRIABLE.has(codeOf(error) ?? '')) throw error;
      }
    }
  }

  /** Lends one connection of its own, for statements that may not run in a transaction. */
  async withConnection<Result>(work: (connection: Queryable) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    try {
      return await work(asQueryable(client));
    } finally {
      client.release();
    }
  }

  /** Work goes on with at most `maxConnections`; what runs on the old connections ends there. */
  resize(maxConnections: number): void {
    if (maxConnections === this.#pool.options.max) return;
    const previous = this.#pool;
    this.#pool = this.#openPool(maxConnections);
    previous
      .end()
      .catch((error: unknown) => this.#options.logger.warn({ err: error }, 'old connections not closed'));
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #attempt<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await work(asQueryable(client));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((cause: unknown) => (broken = cause as Error));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  #openPool(max: number): pg.Pool {
    const { url, logger } = this.#options;
    const pool = new pg.Pool({
      connectionString: url,
      max,
      application_name: 'evenkeel-warehouse',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      types: bigintAsNumber(),
    });
    // Without a listener a connection that the server ends while idle would end the process.
    pool.on('error', (error) => logger.warn({ err: error }, 'an idle database connection was lost'));
    return pool;
  }
}

/** PostgreSQL's code of an error, such as 23505 for a key that exists. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

// Our bigints are identities and counts: they fit a number.
function bigintAsNumber(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides();
  types.setTypeParser(BIGINT_OID, Number);
  return types;
}

function asQueryable(client: pg.ClientBase): Queryable {
  return { query: (text, values = []) => run(client, text, values) };
}

async function run<Row extends object>(
  client: pg.Pool | pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await client.query<Row>(text, [...values]);
  return rows;
}
