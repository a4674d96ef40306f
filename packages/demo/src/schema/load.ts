import type { Logger } from '@evenkeel/toolkit';
import { readDescriptions, readRows } from '../dataset/index.ts';
import type { Database, Queryable } from '../database/index.ts';
import { CATEGORIES } from './categories.ts';
import { deriveOpening, type Opening } from './opening.ts';
import { SITES } from './sites.ts';
import { SUPPLIERS } from './suppliers.ts';

const LOAD_LOCK = 8_005_002;

/**
 * Fills an empty warehouse with products, suppliers, sites and opening stock; a loaded one stays as it is.
 *
 * @returns whether it loaded
 */
export async function loadOpening(database: Database, logger: Logger): Promise<boolean> {
  return database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [LOAD_LOCK]);
    const [clock] = await transaction.query('select from warehouse.business_clock');
    if (clock !== undefined) return false;
    logger.info('deriving the opening stock from the order file');
    const opening = await deriveOpening(readRows(), await readDescriptions());
    logger.info(
      { products: opening.products.length, stock: opening.stock.length },
      'loading the opening stock',
    );
    await insertOpening(transaction, opening);
    logger.info('the warehouse is loaded');
    return true;
  });
}

/** Writes an opening into empty tables; all of it within the caller's transaction. */
export async function insertOpening(transaction: Queryable, opening: Opening): Promise<void> {
  const openedAt = new Date(opening.at);
  await insertRows(transaction, {
    table: 'sites',
    columns: { site: 'text', name: 'text', country: 'text' },
    rows: SITES,
  });
  await insertRows(transaction, {
    table: 'categories',
    columns: { category: 'text' },
    rows: CATEGORIES.map((category) => ({ category })),
  });
  await insertRows(transaction, { table: 'suppliers', columns: SUPPLIER_COLUMNS, rows: SUPPLIERS });
  await insertRows(transaction, { table: 'products', columns: PRODUCT_COLUMNS, rows: opening.products });
  await insertRows(transaction, { table: 'stock', columns: STOCK_COLUMNS, rows: opening.stock });
  await insertRows(transaction, { table: 'stock_plan', columns: PLAN_COLUMNS, rows: opening.plan });
  await transaction.query(
    `insert into warehouse.product_prices (sku, price, reason, priced_at)
     select sku, list_price, 'opening', $1 from warehouse.products`,
    [openedAt],
  );
  await transaction.query(
    `insert into warehouse.stock_movements (site, sku, kind, quantity, reference, moved_at)
     select site, sku, 'opening', on_hand, 'opening', $1 from warehouse.stock where on_hand > 0`,
    [openedAt],
  );
  await transaction.query('insert into warehouse.business_clock (now_at, opened_at) values ($1, $1)', [
    openedAt,
  ]);
}

const SUPPLIER_COLUMNS = {
  supplier_id: 'integer',
  name: 'text',
  country: 'text',
  lead_time_mean_days: 'numeric',
  lead_time_sd_days: 'numeric',
};
const PRODUCT_COLUMNS = {
  sku: 'text',
  description: 'text',
  category: 'text',
  supplier_id: 'integer',
  unit_cost: 'numeric',
  list_price: 'numeric',
};
const STOCK_COLUMNS = {
  site: 'text',
  sku: 'text',
  on_hand: 'integer',
  reorder_point: 'integer',
  reorder_quantity: 'integer',
};

const PLAN_COLUMNS = {
  period: 'smallint',
  site: 'text',
  sku: 'text',
  reorder_point: 'integer',
  reorder_quantity: 'integer',
};

interface Rows {
  table: string;
  /** PostgreSQL's type by column; a row has it under its name in camel case. */
  columns: Readonly<Record<string, string>>;
  rows: readonly object[];
}

// One statement with an array a column: as quick as COPY for some thousand rows, and typed.
async function insertRows(transaction: Queryable, { table, columns, rows }: Rows): Promise<void> {
  const names = Object.keys(columns);
  const arrays = names.map((name) => rows.map((row) => (row as Record<string, unknown>)[camelCase(name)]));
  const parameters = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
  await transaction.query(
    `insert into warehouse.${table} (${names.join(', ')}) select * from unnest(${parameters.join(', ')})`,
    arrays,
  );
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
