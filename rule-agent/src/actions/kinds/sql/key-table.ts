import type { Query } from './database.ts';

export type Direction = 'apply' | 'revert';

interface KeyOf {
  episode: string;
  direction: Direction;
}

/**
 * Enters a change into the key table; whoever holds the entry may make it. The lock tells a transaction that is still
 * under way from one that never was.
 *
 * @returns false when it was made before
 */
export async function claimKey(
  query: Query,
  table: string,
  { episode, direction, key, statement }: KeyOf & { key: string; statement: string },
): Promise<boolean> {
  await query({ text: `SELECT pg_advisory_xact_lock(${LOCK})`, values: [lockName(episode, direction)] });
  const { rowCount } = await query({
    text: `INSERT INTO ${table} (episode, direction, idempotency_key, statement) VALUES ($1, $2, $3, $4)
           ON CONFLICT (episode, direction) DO NOTHING`,
    values: [episode, direction, key, statement],
  });
  return rowCount === 1;
}

/** Whether a change was made, or still may be. */
export async function hasKey(
  query: Query,
  table: string,
  { episode, direction }: KeyOf,
): Promise<'present' | 'absent' | 'being_written'> {
  // Asked first: the snapshot of what follows is then no older than the lock.
  const lock = await query({
    text: `SELECT pg_try_advisory_xact_lock_shared(${LOCK})`,
    values: [lockName(episode, direction)],
  });
  const { rowCount } = await query({
    text: `SELECT FROM ${table} WHERE episode = $1 AND direction = $2`,
    values: [episode, direction],
  });
  if (rowCount === 1) return 'present';
  return lock.rows[0]?.[0] === true ? 'absent' : 'being_written';
}

const LOCK = 'hashtextextended($1, 0)';

function lockName(episode: string, direction: Direction): string {
  return `evenkeel ${direction} ${episode}`;
}
