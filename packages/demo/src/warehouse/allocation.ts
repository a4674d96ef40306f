import type { Queryable } from '../database/index.ts';
import type { Site } from '../schema/index.ts';
import { Refusal } from './refusal.ts';

export interface Wanted {
  sku: string;
  quantity: number;
}

/** How much of each wanted quantity `available` covers, first come first served; `available` is used up. */
export function allocateInOrder(wanted: readonly Wanted[], available: Map<string, number>): number[] {
  return wanted.map(({ sku, quantity }) => {
    const left = available.get(sku) ?? 0;
    const taken = Math.min(quantity, Math.max(0, left));
    available.set(sku, left - taken);
    return taken;
  });
}

/** Adds quantities up by SKU, in the order of SKUs; what adds up to 0 is left out. */
export function sumBySku(lines: readonly Wanted[]): Wanted[] {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return [...sums]
    .map(([sku, quantity]) => ({ sku, quantity }))
    .filter(({ quantity }) => quantity !== 0)
    .sort((a, b) => (a.sku < b.sku ? -1 : 1));
}

/** @throws Refusal SKU_UNKNOWN that names every SKU the warehouse does not keep */
export async function requireKnownSkus(transaction: Queryable, skus: readonly string[]): Promise<void> {
  const unknown = await transaction.query<{ sku: string }>(
    `select distinct wanted.sku from unnest($1::text[]) as wanted (sku)
     where not exists (select from warehouse.products where products.sku = wanted.sku) order by 1`,
    [skus],
  );
  if (unknown.length === 0) return;
  const names = unknown.map(({ sku }) => sku);
  throw new Refusal('SKU_UNKNOWN', `the warehouse does not keep ${names.join(', ')}`, { skus: names });
}

/**
 * Locks the stock of some SKUs at a site until the transaction ends, always in the same order, and says what is free.
 *
 * What is allocated on an order line changes only under this lock.
 */
export async function lockStock(
  transaction: Queryable,
  site: Site,
  skus: readonly string[],
): Promise<Map<string, number>> {
  const rows = await transaction.query<{ sku: string; free: number }>(
    `select sku, on_hand - allocated as free from warehouse.stock
     where site = $1 and sku = any($2::text[]) order by sku for update`,
    [site, skus],
  );
  return new Map(rows.map(({ sku, free }) => [sku, free]));
}

export interface StockChange {
  sku: string;
  onHand: number;
  allocated: number;
}

/** Adds to on_hand and allocated; one entry a SKU, under {@link lockStock}. */
export async function changeStock(
  transaction: Queryable,
  site: Site,
  changes: readonly StockChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await transaction.query(
    `update warehouse.stock set on_hand = stock.on_hand + change.on_hand, allocated = stock.allocated + change.allocated
     from unnest($2::text[], $3::integer[], $4::integer[]) as change (sku, on_hand, allocated)
     where stock.site = $1 and stock.sku = change.sku`,
    [
      site,
      changes.map(({ sku }) => sku),
      changes.map(({ onHand }) => onHand),
      changes.map(({ allocated }) => allocated),
    ],
  );
}

interface Backorder extends Wanted {
  order_id: string;
  line_number: number;
}

/** Allocates what is free to the oldest backorders of some SKUs; under {@link lockStock}. Returns the units allocated. */
export async function fillBackorders(
  transaction: Queryable,
  site: Site,
  skus: readonly string[],
): Promise<number> {
  const free = await lockStock(transaction, site, skus);
  const backorders = await transaction.query<Backorder>(
    `select line.order_id, line.line_number, line.sku,
            line.quantity - line.shipped - line.cancelled - line.allocated as quantity
     from warehouse.order_lines line join warehouse.orders using (order_id)
     where line.sku = any($2::text[]) and orders.site = $1
       and line.quantity > line.shipped + line.cancelled + line.allocated
     order by orders.placed_at, line.order_id, line.line_number`,
    [site, skus],
  );
  const taken = allocateInOrder(backorders, free);
  const filled = backorders
    .map((line, index) => ({ ...line, quantity: taken[index]! }))
    .filter((line) => line.quantity > 0);
  if (filled.length === 0) return 0;
  await transaction.query(
    `update warehouse.order_lines line set allocated = line.allocated + filled.quantity
     from unnest($1::text[], $2::integer[], $3::integer[]) as filled (order_id, line_number, quantity)
     where line.order_id = filled.order_id and line.line_number = filled.line_number`,
    [
      filled.map((line) => line.order_id),
      filled.map((line) => line.line_number),
      filled.map((line) => line.quantity),
    ],
  );
  const sums = sumBySku(filled);
  await changeStock(
    transaction,
    site,
    sums.map(({ sku, quantity }) => ({ sku, onHand: 0, allocated: quantity })),
  );
  return sums.reduce((units, { quantity }) => units + quantity, 0);
}
