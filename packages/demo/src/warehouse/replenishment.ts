import type { Database, Queryable } from '../database/index.ts';
import { fractionOf, periodOf, type Site } from '../schema/index.ts';

interface Need {
  site: Site;
  supplier_id: number;
  lead_time_mean_days: number;
  lead_time_sd_days: number;
  sku: string;
  unit_cost: string;
  quantity: number;
}

export interface Review {
  at: Date;
  /** Reorder points are taken times this. */
  reorderPointMultiplier: number;
}

const DAY_MS = 86_400_000;
const SHORTEST_LEAD_TIME_DAYS = 1;

// Position = free + incoming - backordered. At or below the reorder point it is filled up to that and a reorder quantity.
const NEEDS = `
  with incoming as (
    select orders.site, line.sku, sum(line.quantity - line.received) as units
    from warehouse.purchase_orders orders join warehouse.purchase_order_lines line using (purchase_order_id)
    where orders.status = 'open' group by orders.site, line.sku),
  backordered as (
    select orders.site, line.sku, sum(line.quantity - line.shipped - line.cancelled - line.allocated) as units
    from warehouse.order_lines line join warehouse.orders using (order_id)
    where line.quantity > line.shipped + line.cancelled + line.allocated group by orders.site, line.sku),
  positions as (
    select stock.site, stock.sku, stock.reorder_quantity, coalesce(backordered.units, 0) as backordered,
      stock.on_hand - stock.allocated + coalesce(incoming.units, 0) - coalesce(backordered.units, 0) as position,
      round(stock.reorder_point * $1::numeric) as reorder_point
    from warehouse.stock
    left join incoming on incoming.site = stock.site and incoming.sku = stock.sku
    left join backordered on backordered.site = stock.site and backordered.sku = stock.sku)
  select positions.site, positions.sku, products.supplier_id, products.unit_cost,
    suppliers.lead_time_mean_days::double precision, suppliers.lead_time_sd_days::double precision,
    (positions.reorder_point + positions.reorder_quantity - positions.position)::integer as quantity
  from positions join warehouse.products using (sku) join warehouse.suppliers using (supplier_id)
  where positions.position <= positions.reorder_point and (positions.reorder_point > 0 or positions.backordered > 0)
  order by positions.site, products.supplier_id, positions.sku`;

// Rows are locked in the order in which orders lock theirs; then only those that differ are written.
const TAKE_OVER_PLAN = `
  with outdated as (
    select stock.site, stock.sku, plan.reorder_point, plan.reorder_quantity
    from warehouse.stock join warehouse.stock_plan plan using (site, sku)
    where plan.period = $1
      and (stock.reorder_point, stock.reorder_quantity) <> (plan.reorder_point, plan.reorder_quantity)
    order by stock.site, stock.sku for update of stock)
  update warehouse.stock set reorder_point = outdated.reorder_point, reorder_quantity = outdated.reorder_quantity
  from outdated where stock.site = outdated.site and stock.sku = outdated.sku`;

/** Takes over the reorder points and quantities that are planned for the period; they are there from its first review on. */
async function takeOverPlan(database: Queryable, at: Date): Promise<void> {
  const [clock] = await database.query<{ opened_at: Date | null }>(
    'select opened_at from warehouse.business_clock',
  );
  // A warehouse that was loaded before there were plans has none.
  const openedAt = clock?.opened_at ?? undefined;
  if (openedAt === undefined) return;
  await database.query(TAKE_OVER_PLAN, [periodOf(at.getTime(), openedAt.getTime())]);
}

/**
 * Looks at all stock by the plan of the period and orders what is short, one purchase order a site and supplier.
 *
 * @returns the number of purchase orders
 */
export async function reviewStock(
  database: Database,
  { at, reorderPointMultiplier }: Review,
): Promise<number> {
  await takeOverPlan(database, at);
  return database.transaction(async (transaction) => {
    const needs = await transaction.query<Need>(NEEDS, [reorderPointMultiplier]);
    const groups = [...Map.groupBy(needs, ({ site, supplier_id }) => `${site} ${supplier_id}`).values()];
    for (const group of groups) await orderFromSupplier(transaction, group, at);
    await transaction.query('update warehouse.business_clock set reviewed_at = $1', [at]);
    return groups.length;
  });
}

async function orderFromSupplier(transaction: Queryable, needs: readonly Need[], at: Date): Promise<void> {
  const { site, supplier_id, lead_time_mean_days, lead_time_sd_days } = needs[0]!;
  const leadTimeDays = drawLeadTime(
    lead_time_mean_days,
    lead_time_sd_days,
    `${site} ${supplier_id} ${at.toISOString()}`,
  );
  const [order] = await transaction.query<{ purchase_order_id: number }>(
    `insert into warehouse.purchase_orders (supplier_id, site, ordered_at, expected_at, due_at)
     values ($1, $2, $3, $4, $5) returning purchase_order_id`,
    [supplier_id, site, at, daysAfter(at, lead_time_mean_days), daysAfter(at, leadTimeDays)],
  );
  await transaction.query(
    `insert into warehouse.purchase_order_lines (purchase_order_id, sku, quantity, unit_cost)
     select $1, sku, quantity, unit_cost from unnest($2::text[], $3::integer[], $4::numeric[]) as line (sku, quantity, unit_cost)`,
    [
      order!.purchase_order_id,
      needs.map(({ sku }) => sku),
      needs.map(({ quantity }) => quantity),
      needs.map((need) => need.unit_cost),
    ],
  );
}

/** A lead time in days, normally distributed (Box-Muller), at least one day; the same for the same `seed`. */
export function drawLeadTime(meanDays: number, sdDays: number, seed: string): number {
  const radius = Math.sqrt(-2 * Math.log(1 - fractionOf(`radius ${seed}`)));
  const normal = radius * Math.cos(2 * Math.PI * fractionOf(`angle ${seed}`));
  return Math.max(SHORTEST_LEAD_TIME_DAYS, meanDays + sdDays * normal);
}

function daysAfter(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY_MS);
}

/** When stock was last reviewed, in business time. */
export async function lastReviewAt(database: Queryable): Promise<Date | undefined> {
  const [row] = await database.query<{ reviewed_at: Date | null }>(
    'select reviewed_at from warehouse.business_clock',
  );
  return row?.reviewed_at ?? undefined;
}
