import type { Queryable } from '../database/index.ts';
import type { PricingResult, PricingTask } from './model.ts';

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 28;

/** Reads what pricing needs to know of some SKUs; `now` is business time. */
export async function readTasks(
  database: Queryable,
  skus: readonly string[],
  now: Date,
): Promise<PricingTask[]> {
  const since = new Date(now.getTime() - HISTORY_DAYS * DAY_MS);
  const rows = await database.query<Omit<PricingTask, 'dailyUnits'> & { days: number[]; units: number[] }>(
    `select products.sku, unit_cost::double precision as "unitCost", list_price::double precision as "listPrice",
       coalesce(array_agg(history.day) filter (where history.day is not null), '{}') as days,
       coalesce(array_agg(history.units) filter (where history.day is not null), '{}') as units
     from warehouse.products
     left join (
       select sku, floor(extract(epoch from moved_at - $2::timestamptz) / 86400)::integer as day, -sum(quantity)::integer as units
       from warehouse.stock_movements where sku = any($1::text[]) and moved_at >= $2 and kind = 'pick'
       group by 1, 2) history on history.sku = products.sku
     where products.sku = any($1::text[]) group by products.sku`,
    [skus, since],
  );
  return rows.map(({ days, units, ...task }) => ({ ...task, dailyUnits: spread(days, units) }));
}

function spread(days: readonly number[], units: readonly number[]): number[] {
  const daily = Array.from({ length: HISTORY_DAYS }, () => 0);
  days.forEach((day, index) => {
    if (day < HISTORY_DAYS) daily[day] = units[index]!;
  });
  return daily;
}

/** Adds the prices that differ from the last ones to the price history; orders keep the prices they were placed at. */
export async function writePrices(
  database: Queryable,
  prices: readonly PricingResult[],
  now: Date,
): Promise<void> {
  await database.query(
    `insert into warehouse.product_prices (sku, price, reason, priced_at)
     select found.sku, found.price, 'repricing', $3 from unnest($1::text[], $2::numeric[]) as found (sku, price)
     where found.price is distinct from (
       select known.price from warehouse.product_prices known where known.sku = found.sku
       order by product_price_id desc limit 1)`,
    [prices.map(({ sku }) => sku), prices.map(({ price }) => price), now],
  );
}
