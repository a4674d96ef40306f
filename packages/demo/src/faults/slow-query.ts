import type { Database } from '../database/index.ts';

const INDEX = 'create index concurrently if not exists archived_movements_by_sku';
const INDEXED = 'warehouse.archived_movements (sku, moved_at) include (kind, quantity)';
const ARCHIVED_ROWS_PER_SKU = 170;

/**
 * Lets the archive grow by some 600,000 movements, all of years before the first order, without its index.
 *
 * They are too old to count for anything; but to find that out, a query must now read them all.
 */
export async function growArchive(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query('drop index if exists warehouse.archived_movements_by_sku');
    await transaction.query('truncate warehouse.archived_movements');
    await transaction.query(
      `insert into warehouse.archived_movements (sku, kind, quantity, moved_at)
       select sku, 'pick', -1 - day % 12, timestamptz '2008-01-01' + day * interval '4 days'
       from generate_series(1, $1::integer) as day cross join warehouse.products`,
      [ARCHIVED_ROWS_PER_SKU],
    );
  });
}

/** Empties the archive and builds its index again. */
export async function shrinkArchive(database: Database): Promise<void> {
  await database.query('truncate warehouse.archived_movements');
  await database.query(`${INDEX} on ${INDEXED}`);
}
