import type { Database, Queryable } from '../database/index.ts';
import { type Site, siteOf } from '../schema/index.ts';
import { allocateInOrder, changeStock, lockStock, requireKnownSkus, sumBySku } from './allocation.ts';
import { rememberCustomer } from './customers.ts';
import { type OrderView, viewOrder } from './order-view.ts';
import { promiseFor } from './promise.ts';
import { Refusal } from './refusal.ts';
import { hashRequest } from './request-hash.ts';

export interface NewOrder {
  orderId: string;
  customer?: string | undefined;
  country: string;
  placedAt: Date;
  lines: readonly { sku: string; quantity: number; unitPrice: number }[];
  charges: readonly Charge[];
}

export interface Charge {
  code: string;
  quantity: number;
  unitPrice: number;
}

export interface PlacedOrder {
  order: OrderView;
  /** False when the same order had been placed before. */
  created: boolean;
}

/**
 * Takes an order and allocates to it what is free; the rest is backordered.
 *
 * @throws Refusal SKU_UNKNOWN, or ID_TAKEN when the id stands for another order
 */
export async function placeOrder(database: Database, order: NewOrder): Promise<PlacedOrder> {
  const requestHash = hashRequest(order);
  const created = await database.transaction(async (transaction) => {
    const skus = order.lines.map(({ sku }) => sku);
    await requireKnownSkus(transaction, skus);
    await rememberCustomer(transaction, {
      customer: order.customer,
      country: order.country,
      at: order.placedAt,
    });
    if (!(await insertOrder(transaction, order, requestHash))) return false;
    const site = siteOf(order.country);
    const filled = allocateInOrder(order.lines, await lockStock(transaction, site, skus));
    await insertLines(transaction, order, filled);
    await insertCharges(transaction, order);
    await allocate(
      transaction,
      site,
      skus.map((sku, index) => ({ sku, quantity: filled[index]! })),
    );
    return true;
  });
  if (!created) await requireSameRequest(database, order.orderId, requestHash);
  return { order: (await viewOrder(database, order.orderId))!, created };
}

async function insertOrder(transaction: Queryable, order: NewOrder, requestHash: string): Promise<boolean> {
  const inserted = await transaction.query(
    `insert into warehouse.orders (order_id, customer_id, country, site, placed_at, promised_at, request_hash)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (order_id) do nothing returning order_id`,
    [
      order.orderId,
      order.customer,
      order.country,
      siteOf(order.country),
      order.placedAt,
      promiseFor(order.placedAt),
      requestHash,
    ],
  );
  return inserted.length === 1;
}

async function insertLines(
  transaction: Queryable,
  { orderId, lines }: NewOrder,
  filled: readonly number[],
): Promise<void> {
  await transaction.query(
    `insert into warehouse.order_lines
       (order_id, line_number, sku, quantity, filled_first_pass, allocated, unit_price, unit_cost)
     select $1, line.number, line.sku, line.quantity, line.filled, line.filled, line.unit_price, products.unit_cost
     from unnest($2::text[], $3::integer[], $4::integer[], $5::numeric[])
       with ordinality as line (sku, quantity, filled, unit_price, number)
     join warehouse.products using (sku)`,
    [
      orderId,
      lines.map(({ sku }) => sku),
      lines.map(({ quantity }) => quantity),
      filled,
      lines.map(({ unitPrice }) => unitPrice),
    ],
  );
}

async function insertCharges(transaction: Queryable, { orderId, charges }: NewOrder): Promise<void> {
  if (charges.length === 0) return;
  await transaction.query(
    `insert into warehouse.order_charges (order_id, charge_number, code, quantity, unit_price)
     select $1, charge.number, charge.code, charge.quantity, charge.unit_price
     from unnest($2::text[], $3::integer[], $4::numeric[]) with ordinality as charge (code, quantity, unit_price, number)`,
    [
      orderId,
      charges.map(({ code }) => code),
      charges.map(({ quantity }) => quantity),
      charges.map(({ unitPrice }) => unitPrice),
    ],
  );
}

async function allocate(
  transaction: Queryable,
  site: Site,
  filled: readonly { sku: string; quantity: number }[],
): Promise<void> {
  const changes = sumBySku(filled).map(({ sku, quantity }) => ({ sku, onHand: 0, allocated: quantity }));
  await changeStock(transaction, site, changes);
}

async function requireSameRequest(database: Database, orderId: string, requestHash: string): Promise<void> {
  const [known] = await database.query<{ request_hash: string }>(
    'select request_hash from warehouse.orders where order_id = $1',
    [orderId],
  );
  if (known?.request_hash === requestHash) return;
  throw new Refusal('ID_TAKEN', `order ${orderId} was placed before with another content`);
}
