import type { Pool, PoolClient } from 'pg';

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
