import type { Queryable } from '../database/index.ts';

export interface CatalogueQuery {
  search: string | undefined;
  category: string | undefined;
  page: number;
  pageSize: number;
}

/** What a shopper sees who has searched for nothing. */
export const FIRST_PAGE: CatalogueQuery = { search: undefined, category: undefined, page: 1, pageSize: 24 };

export interface CatalogueProduct {
  sku: string;
  description: string;
  category: string;
  price: string;
  currency: string;
  free_units: number;
  units_picked_28_days: number;
}

export interface CataloguePage {
  page: number;
  page_size: number;
  total: number;
  /** The business time up to which popularity counts. */
  as_of: Date;
  products: CatalogueProduct[];
}

const DAY_MS = 86_400_000;
const POPULARITY_DAYS = 28;

const MATCHES = `($1::text is null or products.category = $1)
  and ($2::text is null or products.sku = upper($2) or strpos(upper(products.description), upper($2)) > 0)`;

// For each product of the page the movements of its last 28 days, of the archive too: quick by index, and only by index.
const PAGE = `
  with page as (
    select sku, description, category, list_price, currency from warehouse.products
    where ${MATCHES} order by description, sku limit $3 offset $4)
  select page.sku, page.description, page.category, page.list_price as price, page.currency,
    stock.free_units, popularity.units as units_picked_28_days
  from page
  join lateral (
    select coalesce(sum(on_hand - allocated), 0) as free_units from warehouse.stock where stock.sku = page.sku) stock on true
  join lateral (
    select coalesce(-sum(picked.quantity), 0) as units from (
      select quantity from warehouse.stock_movements movement
      where movement.sku = page.sku and movement.kind = 'pick' and movement.moved_at >= $5
      union all
      select quantity from warehouse.archived_movements movement
      where movement.sku = page.sku and movement.kind = 'pick' and movement.moved_at >= $5) picked) popularity on true
  order by page.description, page.sku`;

/** Reads one page of the catalogue; `now` is business time. */
export async function readCataloguePage(
  database: Queryable,
  { search, category, page, pageSize }: CatalogueQuery,
  now: Date,
): Promise<CataloguePage> {
  const since = new Date(now.getTime() - POPULARITY_DAYS * DAY_MS);
  const [count] = await database.query<{ total: number }>(
    `select count(*) as total from warehouse.products where ${MATCHES}`,
    [category ?? null, search ?? null],
  );
  const products = await database.query<CatalogueProduct>(PAGE, [
    category ?? null,
    search ?? null,
    pageSize,
    (page - 1) * pageSize,
    since,
  ]);
  return { page, page_size: pageSize, total: count!.total, as_of: now, products };
}

export interface ProductView {
  sku: string;
  description: string;
  category: string;
  price: string;
  currency: string;
  supplier: string;
  lead_time_days: number;
}

/** One product, or undefined. */
export async function viewProduct(database: Queryable, sku: string): Promise<ProductView | undefined> {
  const [product] = await database.query<ProductView>(
    `select sku, description, category, list_price as price, currency, suppliers.name as supplier,
       lead_time_mean_days::double precision as lead_time_days
     from warehouse.products join warehouse.suppliers using (supplier_id) where sku = $1`,
    [sku],
  );
  return product;
}
