import type { Queryable } from '../database/index.ts';
import { Refusal } from './refusal.ts';
import type { Site } from '../schema/index.ts';

export interface LockedOrder {
  order_id: string;
  site: Site;
  country: string;
  status: string;
}

/**
 * Locks one open order until the transaction ends. Whoever needs an order and stock takes the order first.
 *
 * @throws Refusal ORDER_UNKNOWN or ORDER_CLOSED
 */
export async function lockOpenOrder(transaction: Queryable, orderId: string): Promise<LockedOrder> {
  const [order] = await transaction.query<LockedOrder>(
    'select order_id, site, country, status from warehouse.orders where order_id = $1 for update',
    [orderId],
  );
  if (order === undefined) throw new Refusal('ORDER_UNKNOWN', `there is no order ${orderId}`);
  if (order.status === 'shipped' || order.status === 'cancelled') {
    throw new Refusal('ORDER_CLOSED', `order ${orderId} is ${order.status}`, { status: order.status });
  }
  return order;
}

/** Derives the status of some orders from their lines; an order is shipped when nothing is left to ship. */
export async function settleStatus(
  transaction: Queryable,
  orderIds: readonly string[],
  at: Date,
): Promise<void> {
  await transaction.query(
    `with settled as (
       select order_id,
         case when sum(quantity - shipped - cancelled) > 0 and sum(shipped) > 0 then 'part_shipped'
              when sum(quantity - shipped - cancelled) > 0 then 'placed'
              when sum(shipped) > 0 then 'shipped'
              else 'cancelled' end as status
       from warehouse.order_lines where order_id = any($1::text[]) group by order_id)
     update warehouse.orders set status = settled.status,
       shipped_at = case when settled.status = 'shipped' then $2::timestamptz end,
       cancelled_at = case when settled.status = 'cancelled' then $2::timestamptz end
     from settled where settled.order_id = orders.order_id and settled.status <> orders.status`,
    [orderIds, at],
  );
}
