import type { BackOffice } from './back-office.ts';
import type { Figures } from './books.ts';

interface ApiOrder {
  state: string;
  orderPlacedAt: string | null;
  currencyCode: string;
  lines: { id: string; quantity: number; orderPlacedQuantity: number; proratedUnitPrice: number }[];
  fulfillments: { id: string; state: string; lines: { orderLineId: string; quantity: number }[] }[];
  history: { items: { type: string; data: { to?: string; fulfillmentId?: string } }[] };
}

interface ApiVariant {
  trackInventory: string;
  stockLevels: { stockOnHand: number; stockAllocated: number; stockLocation: { name: string } }[];
}

/** What Vendure itself says of its stock, by site. */
export async function stockOfApi(office: BackOffice): Promise<Figures> {
  const { productVariants } = await office.ask<{ productVariants: { items: ApiVariant[] } }>(
    `{ productVariants(options: { take: 200 }) { items { trackInventory
      stockLevels { stockOnHand stockAllocated stockLocation { name } } } } }`,
  );
  const figures: Figures = new Map();
  const levels = productVariants.items
    .filter(({ trackInventory }) => trackInventory !== 'FALSE')
    .flatMap(({ stockLevels }) => stockLevels);
  for (const { stockOnHand, stockAllocated, stockLocation } of levels) {
    add(figures, `inventory_skus{site="${stockLocation.name}"}`, 1);
    add(figures, `inventory_on_hand_units{site="${stockLocation.name}"}`, stockOnHand);
    add(figures, `promised{site="${stockLocation.name}"}`, stockAllocated);
  }
  return figures;
}

/** What Vendure itself says of its orders, of all sites together. */
export async function ordersOfApi(office: BackOffice): Promise<Figures> {
  const { orders } = await office.ask<{ orders: { items: ApiOrder[] } }>(
    `{ orders(options: { take: 100 }) { items { state orderPlacedAt currencyCode
      lines { id quantity orderPlacedQuantity proratedUnitPrice }
      fulfillments { id state lines { orderLineId quantity } }
      history(options: { take: 100 }) { items { type data } } } } }`,
  );
  const figures: Figures = new Map();
  for (const order of orders.items.filter(({ orderPlacedAt }) => orderPlacedAt !== null))
    countOrder(figures, order);
  return figures;
}

function countOrder(figures: Figures, order: ApiOrder): void {
  add(figures, 'inventory_orders_placed_total', 1);
  if (order.state === 'Cancelled') add(figures, 'inventory_orders_cancelled_total', 1);
  for (const { orderPlacedQuantity } of order.lines) {
    add(figures, 'inventory_order_lines_requested_total', 1);
    add(figures, 'inventory_order_units_requested_total', orderPlacedQuantity);
  }
  const out = order.fulfillments.filter(({ state }) => ['Shipped', 'Delivered'].includes(state));
  const unitsOut = (line: string) =>
    out
      .flatMap(({ lines }) => lines)
      .filter(({ orderLineId }) => orderLineId === line)
      .reduce((units, { quantity }) => units + quantity, 0);
  if (order.state !== 'Cancelled' && order.lines.some(({ id, quantity }) => quantity > unitsOut(id)))
    add(figures, 'inventory_orders_open', 1);
  countSales(figures, order);
}

function countSales(figures: Figures, { lines, fulfillments, history, currencyCode }: ApiOrder): void {
  const left = new Set(
    history.items.filter(({ data }) => data.to === 'Shipped').map(({ data }) => String(data.fulfillmentId)),
  );
  for (const parcel of fulfillments.filter(({ id }) => left.has(id)))
    for (const { orderLineId, quantity } of parcel.lines) {
      const { proratedUnitPrice } = lines.find(({ id }) => id === orderLineId)!;
      add(figures, `inventory_sales_total{currency="${currencyCode}"}`, (quantity * proratedUnitPrice) / 100);
    }
}

function add(figures: Figures, name: string, amount: number): void {
  figures.set(name, (figures.get(name) ?? 0) + amount);
}
