import type { Queryable } from '../database/index.ts';

export interface OrderSummary {
  order_id: string;
  customer: string | null;
  country: string;
  site: string;
  status: string;
  placed_at: Date;
  promised_at: Date;
  shipped_at: Date | null;
}

export interface OrderView extends OrderSummary {
  cancelled_at: Date | null;
  currency: string;
  /** Goods and charges, as decimal text. */
  total: string;
  lines: OrderLineView[];
}

export interface OrderLineView {
  line_number: number;
  sku: string;
  quantity: number;
  filled_first_pass: number;
  allocated: number;
  shipped: number;
  cancelled: number;
  backordered: number;
}

const SUMMARY =
  'order_id, customer_id as customer, country, site, status, placed_at, promised_at, shipped_at';

/** One order with its lines, or undefined. */
export async function viewOrder(database: Queryable, orderId: string): Promise<OrderView | undefined> {
  const [order] = await database.query<Omit<OrderView, 'lines'>>(
    `select ${SUMMARY}, cancelled_at, currency,
       (coalesce((select sum(quantity * unit_price) from warehouse.order_lines where order_id = orders.order_id), 0)
      + coalesce((select sum(quantity * unit_price) from warehouse.order_charges where order_id = orders.order_id), 0)
       )::text as total
     from warehouse.orders where order_id = $1`,
    [orderId],
  );
  if (order === undefined) return undefined;
  const lines = await database.query<OrderLineView>(
    `select line_number, sku, quantity, filled_first_pass, allocated, shipped, cancelled,
            quantity - shipped - cancelled - allocated as backordered
     from warehouse.order_lines where order_id = $1 order by line_number`,
    [orderId],
  );
  return { ...order, lines };
}

export const ORDER_FILTERS = ['placed', 'part_shipped', 'shipped', 'cancelled', 'open', 'pickable'] as const;
export type OrderFilter = (typeof ORDER_FILTERS)[number];

const CONDITIONS: Readonly<Record<OrderFilter, string>> = {
  placed: `status = 'placed'`,
  part_shipped: `status = 'part_shipped'`,
  shipped: `status = 'shipped'`,
  cancelled: `status = 'cancelled'`,
  open: `status in ('placed', 'part_shipped')`,
  pickable: `status in ('placed', 'part_shipped') and exists (
    select from warehouse.order_lines line where line.order_id = orders.order_id and line.allocated > 0)`,
};

/** Orders, the oldest first; `pickable` are the open ones with stock allocated to them. */
export async function listOrders(
  database: Queryable,
  { filter, limit }: { filter: OrderFilter | undefined; limit: number },
): Promise<OrderSummary[]> {
  return database.query<OrderSummary>(
    `select ${SUMMARY} from warehouse.orders where ${filter === undefined ? 'true' : CONDITIONS[filter]}
     order by placed_at, order_id limit $1`,
    [limit],
  );
}
