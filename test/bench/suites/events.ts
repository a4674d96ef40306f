import { setTimeout as delay } from 'node:timers/promises';
import { type EventQuery, findKpi, type ScalarKpi } from '@evenkeel/inventory';
import { Secret } from '@evenkeel/toolkit';
import type { Database } from '../../../exporter/src/sources/database.ts';
import { openDatabase } from '../../../exporter/src/sources/database-open.ts';
import { EVENT_LIMITS, EventCounter } from '../../../exporter/src/sources/inventory-events.ts';
import { type Measurement, overRounds, ratio, type Suite } from '../measurement.ts';
import { type BenchPostgres, withPostgres } from '../postgres.ts';
import { quantile } from '../statistics.ts';
import { sqlExporterQueryMs } from './sql-exporter.ts';

const SUITE = 'events';
const FEW = 100_000;
const MANY = 10_000_000;
const NEW_ROWS = 1_000;
const CYCLES = 30;
const PAUSE_MS = 200;
const OVERLAP_MS = 1_000;
const LIMIT_MS = 600_000;

export const eventsSuite: Suite = {
  name: SUITE,
  about:
    'counting 1,000 new order lines on 10,000,000 against 100,000, and against prometheus-sql-exporter, which adds all of them up',
  run: () => withPostgres(measureOn),
};

interface System extends BenchPostgres {
  database: Database;
}

async function measureOn(postgres: BenchPostgres): Promise<Measurement[]> {
  const url = new Secret(postgres.url);
  const asked = { name: 'bench', url, readUrl: () => url, timeoutMs: LIMIT_MS, maxConnections: 2 };
  const database = openDatabase(asked);
  try {
    return await measure({ ...postgres, database });
  } finally {
    await database.close();
  }
}

async function measure(system: System): Promise<Measurement[]> {
  const few = await openTable(system, FEW);
  const many = await openTable(system, MANY);
  const fewMs: number[] = [];
  const manyMs: number[] = [];
  // In turns, so that what else the machine does hits both alike.
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    fewMs.push(await cycleMs(system, few, cycle));
    manyMs.push(await cycleMs(system, many, cycle));
    await delay(PAUSE_MS);
  }
  const fullMs = quantile(await sqlExporterQueryMs(system, aggregate(many.query.name)), 0.5);
  return [
    ratio({
      suite: SUITE,
      name: 'cycle_with_1000_new_rows',
      ours: quantile(manyMs, 0.5),
      theirs: quantile(fewMs, 0.5),
      of: 'the same on 100,000 lines',
      goal: 1.2,
    }),
    ...overRounds({
      suite: SUITE,
      name: 'cycle_against_sql_exporter',
      values: manyMs.map((ms) => ms / fullMs),
      unit: 'ratio',
      of: 'database time of the same sums over all lines in prometheus-sql-exporter',
      goal: 1,
    }),
  ];
}

/** What an exporter without a state has to ask for the same figures. */
function aggregate(table: string): string {
  return `select site, sum(quantity)::float as units_requested, sum(filled)::float as units_filled from ${table} group by site`;
}

async function openTable({ client, database }: System, lines: number): Promise<EventCounter> {
  const name = `lines_${lines}`;
  await client.query(
    `create table ${name} (line_id bigint, site text, quantity integer, filled integer, placed_at timestamptz, updated_at timestamptz)`,
  );
  await client.query(
    `insert into ${name} select i, 'site' || i % 3, 1 + i % 7, 1 + i % 5, stamp, stamp
     from generate_series(1, ${lines}) i cross join lateral (select timestamptz '2024-01-01' + i * interval '1 second' as stamp) s`,
  );
  await client.query(`alter table ${name} add primary key (line_id)`);
  await client.query(`create index on ${name} (updated_at); create index on ${name} (placed_at)`);
  await client.query(`vacuum analyze ${name}`);
  const counter = new EventCounter(queryOf(name), EVENT_LIMITS);
  await counter.count(database, LIMIT_MS);
  return counter;
}

function queryOf(name: string): EventQuery {
  const value = (column: string, kpi: string) => ({
    column,
    kpi: findKpi(kpi) as ScalarKpi,
    whenNull: 'error' as const,
  });
  return {
    name,
    sql: `select line_id, site, quantity, filled, placed_at, updated_at from ${name}`,
    key: ['line_id'],
    changed: 'updated_at',
    period: 'placed_at',
    overlap: OVERLAP_MS,
    labels: ['site'],
    values: [
      value('quantity', 'inventory_order_units_requested_total'),
      value('filled', 'inventory_order_units_filled_total'),
    ],
    histograms: [],
    startAtZero: undefined,
  };
}

async function cycleMs({ client, database }: System, counter: EventCounter, cycle: number): Promise<number> {
  const { name } = counter.query;
  await client.query(
    `insert into ${name} select 1000000000 + ${cycle * NEW_ROWS} + i, 'site' || i % 3, 2, 1, clock_timestamp(), clock_timestamp()
     from generate_series(1, ${NEW_ROWS}) i`,
  );
  const startMs = performance.now();
  await database.snapshot((run) => counter.follow(run, database));
  return performance.now() - startMs;
}
