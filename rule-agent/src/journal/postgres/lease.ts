import { type Clock, createLoop, type Logger, messageOf, type Part } from '@evenkeel/toolkit';
import type { Pool, PoolClient } from 'pg';
import { committed, inTransaction } from '@evenkeel/toolkit/postgres';
import type { Leader, Leadership } from '../leadership.ts';

export interface LeaseOptions {
  pool: Pool;
  /** Who we are: unique to this process. */
  holder: string;
  /** Where others find our API. */
  url: string;
  leaseMs: number;
  clock: Clock;
  logger: Logger;
}

/** We stop leading this share of the lease before it ends: clocks of two machines do not run alike. */
const MARGIN = 0.1;
const RENEWALS_PER_LEASE = 3;

export interface Lease extends Leadership, Part {
  /** Locks our lease within a transaction, so that nobody else can take it before it commits. */
  hold(client: PoolClient): Promise<boolean>;
}

/**
 * Leads while it holds the lease in the database, which it renews three times a lease.
 *
 * Time is the database's; our own clock only says how long the last answer is good for, counted from before it was asked.
 * Each new holder gets a higher token: what it writes, and what it sends, is told apart from what a holder before it did.
 */
export function createLease({ pool, holder, url, leaseMs, clock, logger }: LeaseOptions): Lease {
  let held: { token: number; untilMs: number } | undefined;
  let lastToken: number | undefined;
  let leader: Leader | undefined;

  const heldToken = () => (held !== undefined && performance.now() < held.untilMs ? held.token : undefined);

  const renew = async () => {
    const askedAtMs = performance.now();
    const row = await renewOrTake(pool, { holder, url, leaseMs });
    const ours = row?.holder === holder;
    held = ours ? { token: row.token, untilMs: askedAtMs + leaseMs * (1 - MARGIN) } : undefined;
    if (ours) lastToken = row.token;
    if (row?.holder !== leader?.holder) logger.info({ leader: row?.holder, ours }, 'the leader is');
    leader = row && { holder: row.holder, url: row.url };
  };
  const loop = createLoop({
    name: 'lease renewal',
    ...{ clock, logger, run: renew },
    intervalMs: leaseMs / RENEWALS_PER_LEASE,
    firstAfterMs: leaseMs / RENEWALS_PER_LEASE,
  });

  return {
    name: 'lease',
    leads: () => heldToken() !== undefined,
    token: () => lastToken,
    leader: () => leader,
    async hold(client) {
      const ours = heldToken();
      if (ours === undefined) return false;
      // Who takes the lease waits for this lock. Our own renewals do not: a long write must not cost the lease.
      const { rowCount } = await client.query(
        'SELECT FROM lease WHERE token = $1 AND holder = $2 AND expires_at > clock_timestamp() FOR KEY SHARE',
        [ours, holder],
      );
      return rowCount === 1;
    },
    async start() {
      await renew().catch((error: unknown) =>
        logger.warn({ because: messageOf(error) }, 'the lease could not be asked for, it is tried again'),
      );
      await loop.start();
    },
    async stop() {
      await loop.stop();
      held = undefined;
      await giveUp(pool, holder).catch(() => undefined);
    },
  };
}

interface LeaseRow extends Leader {
  token: number;
}

interface Claim extends Leader {
  leaseMs: number;
}

/** Renews the lease, or takes one that is free. Gives back who holds it now. */
async function renewOrTake(pool: Pool, claim: Claim): Promise<LeaseRow | undefined> {
  return (
    (await renewed(pool, claim)) ?? (await inForce(pool)) ?? (await taken(pool, claim)) ?? holderOf(pool)
  );
}

const UNTIL = 'clock_timestamp() + make_interval(secs => $3)';

/** Leaves the key as it is, and so waits for no write that holds the lease. */
async function renewed(pool: Pool, { holder, url, leaseMs }: Claim): Promise<LeaseRow | undefined> {
  const { rows } = await pool.query<LeaseRow>(
    `UPDATE lease SET url = $2, expires_at = ${UNTIL} WHERE holder = $1 AND expires_at > clock_timestamp()
     RETURNING holder, url, token`,
    [holder, url, leaseMs / 1000],
  );
  return rows[0];
}

async function inForce(pool: Pool): Promise<LeaseRow | undefined> {
  const { rows } = await pool.query<LeaseRow>(
    'SELECT holder, url, token FROM lease WHERE expires_at > clock_timestamp()',
  );
  return rows[0];
}

/** Whoever comes first has it, under a higher token; nobody while the holder before is in the middle of a write. */
function taken(pool: Pool, { holder, url, leaseMs }: Claim): Promise<LeaseRow | undefined> {
  return inTransaction(pool, {
    work: committed(async (client) => {
      await client.query(
        `INSERT INTO lease (id, holder, url, token, expires_at) VALUES (1, '', '', 0, clock_timestamp())
         ON CONFLICT (id) DO NOTHING`,
      );
      const free = await client.query(
        'SELECT FROM lease WHERE expires_at <= clock_timestamp() FOR UPDATE SKIP LOCKED',
      );
      if (free.rowCount === 0) return undefined;
      const { rows } = await client.query<LeaseRow>(
        `UPDATE lease SET holder = $1, url = $2, token = token + 1, expires_at = ${UNTIL}
         RETURNING holder, url, token`,
        [holder, url, leaseMs / 1000],
      );
      return rows[0];
    }),
  });
}

async function holderOf(pool: Pool): Promise<LeaseRow | undefined> {
  return (await pool.query<LeaseRow>('SELECT holder, url, token FROM lease')).rows[0];
}

/** Lets the next one have it at once. */
async function giveUp(pool: Pool, holder: string): Promise<void> {
  await pool.query('UPDATE lease SET expires_at = clock_timestamp() WHERE holder = $1', [holder]);
}
