import type { Database } from '../database/index.ts';
import { changeStock, fillBackorders, lockStock, sumBySku } from './allocation.ts';
import { lockOpenOrder, settleStatus } from './order-status.ts';
import { type OrderView, viewOrder } from './order-view.ts';

/**
 * Cancels what has not left yet; stock that was allocated to it goes to the oldest backorders.
 *
 * @throws Refusal ORDER_UNKNOWN or ORDER_CLOSED
 */
export async function cancelOrder(database: Database, orderId: string, at: Date): Promise<OrderView> {
  await database.transaction(async (transaction) => {
    const { site } = await lockOpenOrder(transaction, orderId);
    const skus = await transaction.query<{ sku: string }>(
      'select distinct sku from warehouse.order_lines where order_id = $1',
      [orderId],
    );
    await lockStock(
      transaction,
      site,
      skus.map(({ sku }) => sku),
    );
    const held = await transaction.query<{ sku: string; quantity: number }>(
      'select sku, allocated as quantity from warehouse.order_lines where order_id = $1 and allocated > 0',
      [orderId],
    );
    await transaction.query(
      'update warehouse.order_lines set cancelled = quantity - shipped, allocated = 0 where order_id = $1',
      [orderId],
    );
    const released = sumBySku(held);
    await changeStock(
      transaction,
      site,
      released.map(({ sku, quantity }) => ({ sku, onHand: 0, allocated: -quantity })),
    );
    await fillBackorders(
      transaction,
      site,
      released.map(({ sku }) => sku),
    );
    await settleStatus(transaction, [orderId], at);
  });
  return (await viewOrder(database, orderId))!;
}
