/**
 * What each figure of a site is, asked once more in plain SQL: one question, one number, $1 is the site. Written apart
 * from the profile's queries and in another shape, so that a mistake in those has no twin here.
 */
const NOW = '(select now_at from warehouse.business_clock)';
const LINES_OF_SITE =
  'warehouse.order_lines where order_id in (select order_id from warehouse.orders where site = $1)';
const STOCKED = 'warehouse.stock where site = $1 and greatest(on_hand, reorder_point) <> 0';

export const PLAIN_SQL: Readonly<Record<string, string>> = {
  inventory_skus: `select count(distinct sku) from ${STOCKED}`,
  inventory_skus_out_of_stock: `select count(*) from ${STOCKED} and allocated = on_hand`,
  inventory_skus_below_reorder_point:
    'select count(*) from warehouse.stock where site = $1 and reorder_point > on_hand - allocated',
  inventory_on_hand_units: 'select sum(quantity) from warehouse.stock_movements where site = $1',
  inventory_allocated_units: `select coalesce(sum(allocated), 0) from ${LINES_OF_SITE}`,
  inventory_incoming_units: `
    select coalesce((select sum(quantity) from warehouse.purchase_order_lines line where exists (
      select from warehouse.purchase_orders o
      where o.purchase_order_id = line.purchase_order_id and o.site = $1 and o.received_at is null)), 0)`,
  inventory_backordered_units: `
    select coalesce(sum(quantity), 0) - coalesce(sum(shipped), 0) - coalesce(sum(cancelled), 0) - coalesce(sum(allocated), 0)
    from ${LINES_OF_SITE}`,
  'inventory_value{currency="GBP"}': `
    select sum(on_hand * (select unit_cost from warehouse.products where products.sku = stock.sku))
    from warehouse.stock where site = $1`,
  inventory_orders_open: `
    select count(*) from warehouse.orders where site = $1 and shipped_at is null and cancelled_at is null`,
  inventory_orders_placed_total: 'select count(*) from warehouse.orders where site = $1',
  inventory_order_lines_requested_total: `select count(*) from ${LINES_OF_SITE}`,
  inventory_order_lines_filled_total: `select count(*) from ${LINES_OF_SITE} and not filled_first_pass < quantity`,
  inventory_order_units_requested_total: `select sum(quantity) from ${LINES_OF_SITE}`,
  inventory_order_units_filled_total: `select sum(filled_first_pass) from ${LINES_OF_SITE}`,
  inventory_demand_units_total: `select sum(quantity) from ${LINES_OF_SITE}`,
  inventory_orders_due_total: `
    select count(*) from warehouse.orders
    where site = $1 and promised_at <= ${NOW} and not coalesce(cancelled_at < promised_at, false)`,
  inventory_orders_on_time_in_full_total: `
    select count(*) from warehouse.orders where site = $1 and promised_at <= ${NOW} and shipped_at <= promised_at`,
  inventory_orders_cancelled_total: 'select count(cancelled_at) from warehouse.orders where site = $1',
  inventory_units_returned_total: `
    select coalesce(sum(quantity), 0) from warehouse.stock_movements where site = $1 and kind = 'return'`,
  'inventory_sales_total{currency="GBP"}': `
    select sum(parcel.quantity * line.unit_price)
    from warehouse.shipments, warehouse.shipment_lines parcel, warehouse.order_lines line
    where shipments.site = $1 and parcel.shipment_id = shipments.shipment_id
      and line.order_id = parcel.order_id and line.line_number = parcel.line_number`,
  'inventory_cogs_total{currency="GBP"}': `
    select sum(parcel.quantity * line.unit_cost)
    from warehouse.shipments, warehouse.shipment_lines parcel, warehouse.order_lines line
    where shipments.site = $1 and parcel.shipment_id = shipments.shipment_id
      and line.order_id = parcel.order_id and line.line_number = parcel.line_number`,
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map((stars) => [
      `inventory_customer_ratings_total{rating="${stars}"}`,
      `select count(*) from warehouse.customer_ratings
       where stars = ${stars} and order_id in (select order_id from warehouse.orders where site = $1)`,
    ]),
  ),
};

/** The durations behind the two histograms, in seconds. */
export const PLAIN_DURATIONS: Readonly<Record<string, string>> = {
  inventory_order_cycle_seconds: `
    select extract(epoch from shipped_at) - extract(epoch from placed_at) as seconds
    from warehouse.orders where site = $1 and status = 'shipped'`,
  inventory_supplier_lead_time_seconds: `
    select extract(epoch from received_at) - extract(epoch from ordered_at) as seconds
    from warehouse.purchase_orders where site = $1 and status = 'received'`,
};

/** What is idle for so many days; it is known only after as many days of orders. */
export const PLAIN_IDLE_SQL: Readonly<Record<string, string>> = Object.fromEntries(
  [7, 28].map((days) => [
    `inventory_idle_value{currency="GBP",idle="${days}d"}`,
    `select coalesce(sum(on_hand * (select unit_cost from warehouse.products where products.sku = stock.sku)), 0)
     from warehouse.stock where site = $1 and sku not in (
       select sku from warehouse.stock_movements
       where site = $1 and kind = 'pick' and moved_at > ${NOW} - interval '${days} days')`,
  ]),
);
