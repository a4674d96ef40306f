import type { Database } from '../database/index.ts';
import { Refusal } from './refusal.ts';

export interface Rating {
  orderId: string;
  stars: number;
  at: Date;
}

/**
 * Keeps a customer's verdict on a shipped order; the same one again changes nothing.
 *
 * @throws Refusal ORDER_UNKNOWN, ORDER_NOT_SHIPPED or ALREADY_RATED
 */
export async function rateOrder(
  database: Database,
  { orderId, stars, at }: Rating,
): Promise<{ created: boolean }> {
  const [order] = await database.query<{ status: string }>(
    'select status from warehouse.orders where order_id = $1',
    [orderId],
  );
  if (order === undefined) throw new Refusal('ORDER_UNKNOWN', `there is no order ${orderId}`);
  if (order.status !== 'shipped')
    throw new Refusal('ORDER_NOT_SHIPPED', `order ${orderId} is ${order.status}`);
  const inserted = await database.query(
    `insert into warehouse.customer_ratings (order_id, stars, rated_at) values ($1, $2, $3)
     on conflict (order_id) do nothing returning order_id`,
    [orderId, stars, at],
  );
  if (inserted.length === 0) await requireSameStars(database, orderId, stars);
  return { created: inserted.length === 1 };
}

async function requireSameStars(database: Database, orderId: string, stars: number): Promise<void> {
  const [known] = await database.query<{ stars: number }>(
    'select stars from warehouse.customer_ratings where order_id = $1',
    [orderId],
  );
  if (known?.stars !== stars)
    throw new Refusal('ALREADY_RATED', `order ${orderId} has ${known?.stars ?? 0} stars already`);
}
