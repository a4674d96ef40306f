import type { Database, Queryable } from '../database/index.ts';
import type { Site } from '../schema/index.ts';
import { changeStock, fillBackorders, lockStock } from './allocation.ts';
import { recordMovements } from './movements.ts';
import { Refusal } from './refusal.ts';

export interface PurchaseOrderView {
  purchase_order_id: number;
  supplier_id: number;
  site: Site;
  status: string;
  ordered_at: Date;
  expected_at: Date;
  received_at: Date | null;
  lines: { sku: string; quantity: number; received: number }[];
}

export const PURCHASE_ORDER_FILTERS = ['open', 'due', 'received'] as const;
export type PurchaseOrderFilter = (typeof PURCHASE_ORDER_FILTERS)[number];

/** The business time, and by how much suppliers are late: 1 as usual, 3 for three times their lead time. */
export interface Delivery {
  at: Date;
  leadTimeFactor: number;
}

// The suppliers are late on all that is open at once, not only on what is ordered from now on.
const IS_DUE = `status = 'open' and ordered_at + (due_at - ordered_at) * $2::double precision <= $1::timestamptz`;

const CONDITIONS: Readonly<Record<PurchaseOrderFilter, string>> = {
  open: `status = 'open' and $1::timestamptz is not null and $2::double precision is not null`,
  due: IS_DUE,
  received: `status = 'received' and $1::timestamptz is not null and $2::double precision is not null`,
};

/** Purchase orders, those due first first. */
export async function listPurchaseOrders(
  database: Queryable,
  query: Delivery & { filter: PurchaseOrderFilter; limit: number },
): Promise<PurchaseOrderView[]> {
  return database.query<PurchaseOrderView>(
    `select purchase_order_id, supplier_id, site, status, ordered_at, expected_at, received_at,
       (select json_agg(json_build_object('sku', sku, 'quantity', quantity, 'received', received) order by sku)
        from warehouse.purchase_order_lines line
        where line.purchase_order_id = purchase_orders.purchase_order_id) as lines
     from warehouse.purchase_orders where ${CONDITIONS[query.filter]} order by due_at, purchase_order_id limit $3`,
    [query.at, query.leadTimeFactor, query.limit],
  );
}

export interface Receipt {
  receipt_id: number;
  purchase_order_id: number;
  received_at: Date;
  units: number;
  /** Units that went to backorders at once. */
  backordered_units_filled: number;
}

/**
 * Takes a delivery into stock, and to the oldest backorders first.
 *
 * @throws Refusal PURCHASE_ORDER_UNKNOWN, ALREADY_RECEIVED or NOT_DUE
 */
export async function receivePurchaseOrder(
  database: Database,
  id: number,
  delivery: Delivery,
): Promise<Receipt> {
  return database.transaction(async (transaction) => {
    const site = await lockDueOrder(transaction, id, delivery);
    const lines = await transaction.query<{ sku: string; quantity: number }>(
      `update warehouse.purchase_order_lines set received = quantity where purchase_order_id = $1
       returning sku, quantity`,
      [id],
    );
    const skus = lines.map(({ sku }) => sku);
    await lockStock(transaction, site, skus);
    await changeStock(
      transaction,
      site,
      lines.map(({ sku, quantity }) => ({ sku, onHand: quantity, allocated: 0 })),
    );
    const receipt = await insertReceipt(transaction, { id, site, at: delivery.at, units: sumUnits(lines) });
    await recordMovements(transaction, {
      site,
      kind: 'receipt',
      reference: String(receipt.receipt_id),
      at: delivery.at,
      lines,
    });
    return { ...receipt, backordered_units_filled: await fillBackorders(transaction, site, skus) };
  });
}

async function lockDueOrder(transaction: Queryable, id: number, delivery: Delivery): Promise<Site> {
  const [order] = await transaction.query<{ site: Site; status: string; due: boolean }>(
    `select site, status, ${IS_DUE} as due from warehouse.purchase_orders where purchase_order_id = $3 for update`,
    [delivery.at, delivery.leadTimeFactor, id],
  );
  if (order === undefined) throw new Refusal('PURCHASE_ORDER_UNKNOWN', `there is no purchase order ${id}`);
  if (order.status === 'received')
    throw new Refusal('ALREADY_RECEIVED', `purchase order ${id} was received before`);
  if (!order.due)
    throw new Refusal('NOT_DUE', `purchase order ${id} is not due at ${delivery.at.toISOString()}`);
  return order.site;
}

interface Arrival {
  id: number;
  site: Site;
  at: Date;
  units: number;
}

async function insertReceipt(
  transaction: Queryable,
  { id, site, at, units }: Arrival,
): Promise<Omit<Receipt, 'backordered_units_filled'>> {
  await transaction.query(
    `update warehouse.purchase_orders set status = 'received', received_at = $2 where purchase_order_id = $1`,
    [id, at],
  );
  const [row] = await transaction.query<{ receipt_id: number }>(
    `insert into warehouse.receipts (purchase_order_id, site, units, received_at) values ($1, $2, $3, $4)
     returning receipt_id`,
    [id, site, units, at],
  );
  return { receipt_id: row!.receipt_id, purchase_order_id: id, received_at: at, units };
}

function sumUnits(lines: readonly { quantity: number }[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
