import { freePort } from '@evenkeel/toolkit/testing';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@evenkeel/demo/postgres';
import { type App, configSchema } from '@evenkeel/exporter';
import { findPart } from '@evenkeel/runtime';
import { silentLogger } from '@evenkeel/toolkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DemoProcesses } from './demo-processes.ts';
import { readExposition, seriesName } from './exposition-text.ts';
import { PLAIN_DURATIONS, PLAIN_IDLE_SQL, PLAIN_SQL } from './plain-sql.ts';
import { startExporter } from './started-exporter.ts';

const ORDERS_WANTED = 400;
const RECEIPTS_WANTED = 3;
const PLAYING_DEADLINE_MS = 90_000;

describe('the inventory figures of the demo warehouse', () => {
  const logger = silentLogger();
  const demo = new DemoProcesses();
  const cleanups: (() => Promise<unknown>)[] = [];
  let directory: string;
  let port: number;
  let postgres: EmbeddedPostgres;
  let app: App;
  let metricsUrl: string;
  let client: pg.Client;
  let sites: string[];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'evenkeel-inventory-'));
    // The account that PostgreSQL runs as has to pass through.
    chmodSync(directory, 0o755);
    cleanups.push(async () => rmSync(directory, { recursive: true, force: true }));
    port = await freePort();
    postgres = await startPostgres();
    cleanups.push(() => postgres.stop());
    cleanups.push(() => demo.stop());
    await demo.start({ databaseUrl: postgres.url, directory, daysPerMinute: 60 });
    client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    await client.connect();
    cleanups.push(() => client.end().catch(() => undefined));
    await untilPlayed();
    await demo.stop();
    sites = (await client.query<{ site: string }>('select site from warehouse.sites')).rows.map(
      ({ site }) => site,
    );
    ({ app, metricsUrl } = await startOnWarehouse());
    cleanups.push(() => app.stop());
  }, 180_000);

  afterAll(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  }, 60_000);

  function startPostgres(): Promise<EmbeddedPostgres> {
    return startEmbeddedPostgres({
      port,
      directory: join(directory, 'postgres'),
      durability: 'relaxed',
      logger,
    });
  }

  function startOnWarehouse() {
    const config = configSchema.parse({
      databases: { warehouse: { url: postgres.url, profile: 'demo', timeout: '2s', min_interval: '0s' } },
    });
    return startExporter({ readConfig: () => config });
  }

  async function untilPlayed(): Promise<void> {
    const deadlineMs = performance.now() + PLAYING_DEADLINE_MS;
    while (performance.now() < deadlineMs) {
      demo.requireRunning();
      const orders = await askNumber('select count(*) from warehouse.orders', []);
      const receipts = await askNumber('select count(*) from warehouse.receipts', []);
      if (orders >= ORDERS_WANTED && receipts >= RECEIPTS_WANTED) return;
      await delay(250);
    }
    throw new Error('the demo did not place enough orders');
  }

  async function askNumber(sql: string, parameters: unknown[]): Promise<number> {
    const { rows } = await client.query<Record<string, unknown>>(sql, parameters);
    return Number(Object.values(rows[0]!)[0]);
  }

  async function scrape(): Promise<Map<string, number>> {
    return readExposition(await (await fetch(`${metricsUrl}?collect[]=inventory`)).text());
  }

  function ofSite(figure: string, site: string): string {
    const [name, rest] = figure.split('{');
    const labels = Object.fromEntries(
      [...(rest ?? '').matchAll(/(\w+)="(\w+)"/g)].map((match) => [match[1]!, match[2]!]),
    );
    return seriesName(name!, { site, ...labels });
  }

  it('are about orders that were really placed, shipped, returned and rated', async () => {
    const values = await scrape();
    const total = (name: string) =>
      [...values]
        .filter(([series]) => series.startsWith(`${name}{`))
        .reduce((sum, [, value]) => sum + value, 0);
    expect(total('inventory_orders_placed_total')).toBeGreaterThanOrEqual(ORDERS_WANTED);
    for (const name of [
      'sales_total',
      'orders_due_total',
      'units_returned_total',
      'customer_ratings_total',
    ]) {
      expect([name, total(`inventory_${name}`) > 0]).toEqual([name, true]);
    }
  });

  it('equal what plain SQL says, to the unit and the penny', async () => {
    const values = await scrape();
    for (const site of sites) {
      for (const [figure, sql] of Object.entries(PLAIN_SQL)) {
        const expected = await askNumber(sql, [site]);
        const series = ofSite(figure, site);
        expect([series, values.get(series)?.toFixed(4)]).toEqual([series, expected.toFixed(4)]);
      }
    }
  });

  it('leave no figure of the page unchecked but the cover, which is an estimate', async () => {
    const checked = new Set(
      [...Object.keys(PLAIN_SQL), ...Object.keys(PLAIN_IDLE_SQL), ...Object.keys(PLAIN_DURATIONS)].map(
        (name) => name.split('{')[0],
      ),
    );
    const given = [...(await scrape()).keys()]
      .filter((series) => series.startsWith('inventory_'))
      .map((series) => series.split('{')[0]!.replace(/_(bucket|sum|count)$/, ''));
    expect(
      [...new Set(given)].filter((name) => !checked.has(name) && name !== 'inventory_cover_seconds'),
    ).toEqual([]);
  });

  it('have histograms that count every duration', async () => {
    const values = await scrape();
    for (const [name, sql] of Object.entries(PLAIN_DURATIONS)) {
      let counted = 0;
      for (const site of sites) {
        const { rows } = await client.query<{ seconds: string }>(sql, [site]);
        const durations = rows.map(({ seconds }) => Number(seconds));
        const buckets = [...values].filter(([series]) => series.startsWith(`${name}_bucket{site="${site}",`));
        counted += durations.length;
        // A site that has ordered nothing yet, as the smallest may be on a slow machine, has no series; one that waits has zeroes.
        if (durations.length === 0 && buckets.length === 0) continue;
        expect(buckets.length).toBeGreaterThan(10);
        for (const [series, count] of buckets) {
          const bound = Number(/le="([^"]+)"/.exec(series)![1]!.replace('+Inf', 'Infinity'));
          expect([series, count]).toEqual([series, durations.filter((seconds) => seconds <= bound).length]);
        }
        expect(values.get(`${name}_count{site="${site}"}`)).toBe(durations.length);
        expect(values.get(`${name}_sum{site="${site}"}`)).toBeCloseTo(
          durations.reduce((sum, one) => sum + one, 0),
          3,
        );
      }
      expect(counted).toBeGreaterThan(0);
    }
  });

  it('say what has been idle once that is long enough ago to be known', async () => {
    const idle = 'inventory_idle_value{';
    expect(
      [...(await scrape()).keys()].filter((series) => series.startsWith(idle) && series.includes('28d')),
    ).toEqual([]);
    await client.query("update warehouse.business_clock set now_at = now_at + interval '26 days'");
    const values = await scrape();
    for (const site of sites) {
      for (const [figure, sql] of Object.entries(PLAIN_IDLE_SQL)) {
        const expected = await askNumber(sql, [site]);
        expect(values.get(ofSite(figure, site))?.toFixed(4)).toBe(expected.toFixed(4));
        expect(expected).toBeGreaterThan(0);
      }
    }
  });

  it('are on a page that promtool has nothing to say against', async () => {
    const page = await (await fetch(metricsUrl)).text();
    expect(page).toContain('inventory_orders_placed_total');
    const promtool = await findPart('promtool');
    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], {
      input: page,
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  }, 120_000);

  it('come without those of a locked table, and say so', async () => {
    const locker = new pg.Client({ connectionString: postgres.url });
    await locker.connect();
    await locker.query('begin; lock table warehouse.returns in access exclusive mode');
    try {
      const values = await scrape();
      expect([...values.keys()].filter((series) => series.startsWith('inventory_units_returned'))).toEqual(
        [],
      );
      expect(values.get(`inventory_skus{site="${sites[0]!}"}`)).toBeGreaterThan(0);
      expect(values.get('evenkeel_exporter_database_up{database="warehouse"}')).toBe(1);
      expect(values.get('evenkeel_exporter_collector_success{collector="inventory"}')).toBe(0);
    } finally {
      await locker.end();
    }
  });

  it('are missing while the database is down, never zero, and come back by themselves', async () => {
    const before = await scrape();
    await postgres.stop();
    const down = await scrape();
    expect(down.get('evenkeel_exporter_database_up{database="warehouse"}')).toBe(0);
    expect([...down.keys()].filter((series) => series.startsWith('inventory_'))).toEqual([]);
    postgres = await startPostgres();
    const after = await scrape();
    expect(after.get('evenkeel_exporter_database_up{database="warehouse"}')).toBe(1);
    const figures = (values: Map<string, number>) =>
      [...values].filter(([series]) => series.startsWith('inventory_'));
    expect(figures(after)).toEqual(figures(before));
  });
});
