import type { Queryable } from '../database/index.ts';

export interface StockView {
  site: string;
  sku: string;
  on_hand: number;
  allocated: number;
  free: number;
  reorder_point: number;
  reorder_quantity: number;
}

export interface StockQuery {
  sku: string | undefined;
  site: string | undefined;
  limit: number;
}

/** Stock of one SKU, one site, or all, in the order of sites and SKUs. */
export async function listStock(database: Queryable, { sku, site, limit }: StockQuery): Promise<StockView[]> {
  return database.query<StockView>(
    `select site, sku, on_hand, allocated, on_hand - allocated as free, reorder_point, reorder_quantity
     from warehouse.stock where ($1::text is null or sku = $1) and ($2::text is null or site = $2)
     order by site, sku limit $3`,
    [sku ?? null, site ?? null, limit],
  );
}
