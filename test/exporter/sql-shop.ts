import type { EventQuery } from '@evenkeel/inventory';
import {
  findKpi,
  type HistogramKpi,
  LedgerStale,
  type LabelTotals,
  type ScalarKpi,
} from '@evenkeel/inventory';
import type { Database } from '../../exporter/src/sources/database.ts';
import { EventCounter, type EventLimits } from '../../exporter/src/sources/inventory-events.ts';

/** A table of orders as small as it can be, on whatever database `write` writes to. */
export interface Shop {
  database: Database;
  /** Runs one statement and commits it. */
  write: (sql: string) => Promise<void>;
  /** An expression for the time of the write, to the microsecond. */
  now: string;
  timeType: string;
}

export const SHOP_QUERY: EventQuery = {
  name: 'orders',
  sql: 'select id, site, units, seconds, placed_at, changed_at from shop_orders',
  key: ['id'],
  changed: 'changed_at',
  period: 'placed_at',
  overlap: 50,
  labels: ['site'],
  values: [{ column: 'units', kpi: findKpi('inventory_demand_units_total') as ScalarKpi, whenNull: 'error' }],
  histograms: [{ kpi: findKpi('inventory_order_cycle_seconds') as HistogramKpi, column: 'seconds' }],
  startAtZero: undefined,
};

/** So few that ten orders make buckets. */
export const SMALL: EventLimits = { hotRows: 4, changedRows: 1_000, maxBuckets: 5 };

export async function createShop({ write, timeType }: Shop): Promise<void> {
  await write('drop table if exists shop_orders');
  await write(
    `create table shop_orders (id integer primary key, site varchar(20) not null, units decimal(12, 4) not null,
     seconds integer, placed_at ${timeType} not null, changed_at ${timeType} not null)`,
  );
  await write('create index shop_orders_by_change on shop_orders (changed_at)');
}

export interface Order {
  id: number;
  site: string;
  units: number;
}

/** The period is made from the id, so that it does not change. */
export function insertSql({ now }: Shop, { id, site, units }: Order): string {
  const placed = `timestamp '2026-01-0${1 + (id % 9)} 12:${String(id % 60).padStart(2, '0')}:00'`;
  return `insert into shop_orders values (${id}, '${site}', ${units}, null, ${placed}, ${now})`;
}

export function updateSql({ now }: Shop, { id, site, units }: Order): string {
  return `update shop_orders set site = '${site}', units = ${units}, seconds = ${units * 5000}, changed_at = ${now} where id = ${id}`;
}

export interface Compared {
  followed: readonly LabelTotals[];
  full: readonly LabelTotals[];
  /** Why all had to be counted again, if so. */
  recounted: string | undefined;
}

/** One cycle of the exporter, and a full count in the same snapshot. */
export async function followAndCompare(counter: EventCounter, { database }: Shop): Promise<Compared> {
  let recounted: string | undefined;
  if (!counter.isCounted) await counter.count(database, 5_000);
  if (!counter.isCounted)
    return { followed: [], full: await database.snapshot((run) => counter.addUp(run, database)), recounted };
  const follow = () =>
    database.snapshot(async (run) => {
      await counter.follow(run, database);
      return { followed: sorted(counter.totals), full: sorted(await counter.addUp(run, database)) };
    });
  try {
    return { ...(await follow()), recounted };
  } catch (error) {
    if (!(error instanceof LedgerStale)) throw error;
    recounted = error.message;
    counter.forget();
    return { ...(await followAndCompare(counter, { database } as Shop)), recounted };
  }
}

function sorted(totals: readonly LabelTotals[]): LabelTotals[] {
  return structuredClone([...totals]).sort((one, other) =>
    one.labels.join() < other.labels.join() ? -1 : 1,
  );
}
