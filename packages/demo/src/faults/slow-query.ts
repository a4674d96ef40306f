import type { Clock } from '@evenkeel/toolkit';
import type { Database } from '../database/index.ts';

const INDEX = 'create index concurrently if not exists archived_movements_by_sku';
const INDEXED = 'warehouse.archived_movements (sku, moved_at) include (kind, quantity)';
const ROWS_PER_SKU_AND_ROUND = 170;
/** Slow enough for shoppers to queue on any machine; a fast one needs more rows for it. */
const SLOW_PAGE_MS = 500;
/** Some five million rows, in case no number of rows makes this machine slow. */
const MOST_ROUNDS = 8;

export interface ArchiveGrowth {
  database: Database;
  /** Reads one page of the catalogue, past the cache. */
  readPage: () => Promise<unknown>;
  clock: Clock;
}

/**
 * Lets the archive grow by some 600,000 movements, all long before the first order, without its index; and again until
 * a page of the catalogue takes half a second.
 *
 * The movements are too old to count for anything; but to find that out, a query must now read them all.
 */
export async function growArchive({ database, readPage, clock }: ArchiveGrowth): Promise<void> {
  await database.query('drop index if exists warehouse.archived_movements_by_sku');
  await database.query('truncate warehouse.archived_movements');
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await addRound(database, round);
    const startedMs = clock.now();
    await readPage();
    if (clock.now() - startedMs >= SLOW_PAGE_MS) return;
  }
}

async function addRound(database: Database, round: number): Promise<void> {
  await database.query(
    `insert into warehouse.archived_movements (sku, kind, quantity, moved_at)
     select sku, 'pick', -1 - day % 12, timestamptz '2008-01-01' + day * interval '12 hours'
     from generate_series($1::integer, $2::integer) as day cross join warehouse.products`,
    [round * ROWS_PER_SKU_AND_ROUND + 1, (round + 1) * ROWS_PER_SKU_AND_ROUND],
  );
}

/** Empties the archive and builds its index again. */
export async function shrinkArchive(database: Database): Promise<void> {
  await database.query('truncate warehouse.archived_movements');
  await database.query(`${INDEX} on ${INDEXED}`);
}
