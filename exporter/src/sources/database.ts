import type { DialectName } from '@evenkeel/inventory';
import type { Secret } from '@evenkeel/toolkit';

export type Row = Readonly<Record<string, unknown>>;

export interface RunOptions {
  /** Limit of this query, for the server too. */
  timeoutMs?: number;
}

export type RunQuery = (sql: string, options?: RunOptions) => Promise<readonly Row[]>;

/** A database that can be read in one consistent snapshot. */
export interface Database {
  name: string;
  dialect: DialectName;
  /**
   * Runs queries that all see the same moment, read-only.
   *
   * @param timeoutMs instead of the database's own
   * @throws Error when there is no connection, a query fails, or all of it takes longer than the timeout
   */
  snapshot<T>(work: (query: RunQuery) => Promise<T>, timeoutMs?: number): Promise<T>;
  close(): Promise<void>;
}

/** A query that failed on a connection that works: the next one may still be asked. */
export class QueryFailed extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'QueryFailed';
  }
}

/** What a kind of database does with one URL. */
export interface Connections {
  snapshot<T>(work: (query: RunQuery) => Promise<T>, timeoutMs: number): Promise<T>;
  close(): Promise<void>;
}

export interface Opener {
  dialect: DialectName;
  open(options: { url: Secret; timeoutMs: number; maxConnections: number }): Connections;
  isWrongPassword(error: unknown): boolean;
}
