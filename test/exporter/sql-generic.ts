import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadProfile } from '@evenkeel/inventory';
import { silentLogger } from '@evenkeel/toolkit';
import { expect, it } from '@jest/globals';
import type { Database } from '../../exporter/src/sources/database.ts';
import { EventCounts } from '../../exporter/src/sources/inventory-counts.ts';
import { sqlReader } from '../../exporter/src/sources/inventory-reader.ts';

const PROFILES = join(import.meta.dirname, '../../packages/inventory/profiles/generic');

export interface GenericSystem {
  database: Database;
  write: (sql: string) => Promise<void>;
  timeType: string;
}

export const shopTables = (time: string) => [
  'create table shop_products (sku varchar(20) primary key, cost decimal(12, 4))',
  'create table shop_stock (warehouse varchar(20), sku varchar(20), quantity integer, reserved integer, reorder_level integer)',
  `create table shop_orders (id integer primary key, warehouse varchar(20), created_at ${time} not null, updated_at ${time} not null, shipped_at ${time} null, cancelled_at ${time} null)`,
  `create table shop_order_lines (id integer primary key, order_id integer, updated_at ${time} not null, quantity integer, backordered integer, shipped integer, price decimal(12, 4))`,
  'create table shop_purchases (warehouse varchar(20), quantity integer, received integer)',
  `create table shop_returns (id integer primary key, created_at ${time} not null, warehouse varchar(20), quantity integer)`,
];

const at = (day: number) => `timestamp '2026-03-0${day} 10:00:00'`;
export const SHOP_ROWS = [
  "insert into shop_products values ('A', 2.5), ('B', 1.25)",
  "insert into shop_stock values ('york', 'A', 10, 2, 5), ('york', 'B', 3, 3, 4)",
  `insert into shop_orders values (1, 'york', ${at(1)}, ${at(3)}, ${at(3)}, null), (2, 'york', ${at(2)}, ${at(2)}, null, null), (3, 'york', ${at(2)}, ${at(4)}, null, ${at(4)})`,
  `insert into shop_order_lines values (1, 1, ${at(3)}, 4, 0, 4, 9.99), (2, 2, ${at(2)}, 6, 2, 0, 1.10)`,
  "insert into shop_purchases values ('york', 50, 20)",
  `insert into shop_returns values (1, ${at(5)}, 'york', 1)`,
];

/** The example views, on tables as they suppose, give the figures that a person can work out by hand. */
export function genericProfile(systemOf: () => GenericSystem): void {
  it('gives the figures of the example views', async () => {
    const { database, write, timeType } = systemOf();
    for (const statement of [...shopTables(timeType), ...SHOP_ROWS]) await write(statement);
    const views = readFileSync(join(PROFILES, `views.${database.dialect}.sql`), 'utf8');
    for (const statement of views.split(/;\n/).filter((text) => text.trim() !== '')) await write(statement);
    const profile = loadProfile('generic', database.dialect);
    const counts = new EventCounts({
      database,
      events: profile.events,
      logger: silentLogger(),
      countTimeoutMs: 5_000,
    });
    const { readings, errors } = await sqlReader({ database, profile, counts, countWaitMs: 5_000 }).read(0);
    expect(errors.map(({ message }) => message)).toEqual([]);
    const values = Object.fromEntries(
      readings.flatMap(({ kpi, samples }) =>
        samples.map((sample) => [kpi.name, 'value' in sample ? sample.value : sample.sum]),
      ),
    );
    expect(values).toEqual({
      inventory_skus: 2,
      inventory_skus_out_of_stock: 1,
      inventory_skus_below_reorder_point: 1,
      inventory_on_hand_units: 13,
      inventory_allocated_units: 5,
      inventory_value: 28.75,
      inventory_orders_open: 1,
      inventory_incoming_units: 30,
      inventory_orders_placed_total: 3,
      inventory_orders_cancelled_total: 1,
      inventory_order_cycle_seconds: 172_800,
      inventory_order_lines_requested_total: 2,
      inventory_order_lines_filled_total: 1,
      inventory_order_units_requested_total: 10,
      inventory_order_units_filled_total: 8,
      inventory_demand_units_total: 10,
      inventory_sales_total: 39.96,
      inventory_units_returned_total: 1,
    });
  });
}
