import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@evenkeel/exporter';
import { loadProfile } from '@evenkeel/inventory';
import { freePort } from '@evenkeel/toolkit/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../exporter/src/config/load.ts';
import { readExposition } from '../../exporter/exposition-text.ts';
import { startExporter } from '../../exporter/started-exporter.ts';
import { ordersOfApi, stockOfApi } from './api-figures.ts';
import { BackOffice } from './back-office.ts';
import { keepBooks } from './books.ts';
import { type ShopDatabase, STARTERS } from './databases.ts';
import { install } from '../installation.ts';
import { Shop } from './shop.ts';
import { all, prepare, some, trade, type World } from './trading.ts';
import { startVendure } from './vendure-server.ts';

const ROOT = join(import.meta.dirname, '../../..');
const EXPORTER = join(ROOT, 'exporter/src/main.ts');
const DOCS = readFileSync(join(ROOT, 'docs/exporter/profiles.md'), 'utf8');
const DEFAULT = 'Default Stock Location';
const TEN_DAYS_MS = 10 * 86_400_000;

let home: string;
beforeAll(() => {
  home = install('vendure');
}, 600_000);

describe.each(Object.entries(STARTERS))('the profile vendure on %s', (name, startDatabase) => {
  const cleanups: (() => Promise<unknown>)[] = [];
  let database: ShopDatabase;
  let world: World;
  let configFile: string;
  let app: App | undefined;
  let metricsUrl: string;

  beforeAll(async () => {
    database = await startDatabase();
    cleanups.push(() => database.stop());
    const { directory, connection } = database;
    const vendure = await startVendure({ home, port: await freePort(), directory, connection });
    cleanups.push(() => vendure.stop(), stopExporter);
    const office = new BackOffice(vendure.url);
    await office.logIn();
    world = { shop: new Shop(vendure.url), office, variants: await firstVariants(office) };
    await prepare(world);
    await trade(world);
    await backdate(['1', '2']);
    await database.query(codeBlock('sql', `-- Vendure on ${name}`));
    configFile = writeConfig();
    await startOnShop();
  }, 900_000);

  afterAll(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  }, 180_000);

  async function firstVariants(office: BackOffice): Promise<string[]> {
    const { productVariants } = await office.ask<{ productVariants: { items: { id: string }[] } }>(
      '{ productVariants(options: { take: 20, sort: { id: ASC } }) { items { id } } }',
    );
    return productVariants.items.map(({ id }) => id);
  }

  /** As if these orders had been placed and shipped days ago. */
  async function backdate(orders: readonly string[]): Promise<void> {
    const ago = (column: string) =>
      name === 'PostgreSQL' ? `${column} - interval '10 days'` : `${column} - interval 10 day`;
    for (const id of orders) {
      await database.query(`update "order" set "orderPlacedAt" = ${ago('"orderPlacedAt"')} where id = ${id}`);
    }
  }

  function writeConfig(): string {
    const file = join(database.directory, 'exporter.yml');
    writeFileSync(
      file,
      codeBlock('yaml', 'databases:\n  shop:')
        .replaceAll('/etc/evenkeel/', '')
        .replaceAll('/var/lib/evenkeel/', ''),
    );
    writeFileSync(join(database.directory, 'shop-url'), database.readerUrl, { mode: 0o600 });
    chmodSync(file, 0o600);
    return file;
  }

  async function startOnShop(): Promise<void> {
    const read = () => {
      const config = readConfig(configFile, {});
      return { ...config, databases: { shop: { ...config.databases.shop!, min_interval: 0 } } };
    };
    const started = await startExporter({ readConfig: read });
    app = started.app;
    metricsUrl = `${started.metricsUrl}?collect[]=inventory`;
  }

  async function stopExporter(): Promise<void> {
    await app?.stop();
    app = undefined;
  }

  async function scrape(): Promise<Map<string, number>> {
    const values = readExposition(await (await fetch(metricsUrl)).text());
    expect(values.get('evenkeel_exporter_collector_success{collector="inventory"}')).toBe(1);
    return values;
  }

  async function expectRight(): Promise<void> {
    const values = await scrape();
    const { scalars, cycles } = await keepBooks(database);
    const given = [...values].filter(([series]) => /^inventory_(?!order_cycle|cover)/.test(series));
    expect(rounded(given)).toEqual(rounded([...scalars]));
    for (const [site, seconds] of cycles) expectDurations(values, site, seconds);
  }

  function expectDurations(values: Map<string, number>, site: string, seconds: readonly number[]): void {
    const figure = 'inventory_order_cycle_seconds';
    expect(values.get(`${figure}_count{site="${site}"}`)).toBe(seconds.length);
    const total = seconds.reduce((sum, one) => sum + one, 0);
    expect(Math.abs(values.get(`${figure}_sum{site="${site}"}`)! - total)).toBeLessThan(
      0.002 * (1 + seconds.length),
    );
    const hours = (bound: number) => seconds.filter((one) => one <= bound * 3_600).length;
    for (const bound of [1, 240, 336])
      expect(values.get(`${figure}_bucket{site="${site}",le="${bound * 3_600}"}`)).toBe(hours(bound));
  }

  function exporter(command: string): { status: number | null; text: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [EXPORTER, command, `--config.file=${configFile}`],
      {
        encoding: 'utf8',
      },
    );
    return { status, text: `${stdout}${stderr}` };
  }

  it('gives every figure as the tables say, worked out row by row', async () => {
    await expectRight();
  });

  it('gives what there is to tell apart: stock that ran out, backorders, returns, currencies, old orders', async () => {
    const values = await scrape();
    const at = (figure: string, site = DEFAULT, more = '') =>
      values.get(`inventory_${figure}{site="${site}"${more}}`);
    expect(at('skus')).toBe(86);
    expect(at('skus', 'Annex')).toBe(2);
    expect(at('skus_out_of_stock')).toBe(3);
    expect(at('backordered_units')).toBe(5);
    expect(at('orders_placed_total', 'Annex')).toBe(1);
    expect(at('orders_cancelled_total')).toBe(2);
    expect(at('units_returned_total')).toBe(5);
    expect(at('sales_total', DEFAULT, ',currency="EUR"')).toBe(99.98);
    expect(at('order_cycle_seconds_sum')! * 1_000).toBeGreaterThan(2 * TEN_DAYS_MS);
  });

  it('agrees with what the APIs of Vendure say', async () => {
    const values = await scrape();
    const total = (name: string, currency = '') =>
      [...values]
        .filter(([series]) => series.startsWith(`${name}{`) && series.includes(currency))
        .reduce((sum, [, value]) => sum + value, 0);
    const orders = await ordersOfApi(world.office);
    expect(orders.size).toBe(7);
    for (const [series, value] of orders) {
      const [name, currency] = series.split('{');
      expect([series, total(name!, currency?.replace('}', '')).toFixed(1)]).toEqual([
        series,
        value.toFixed(1),
      ]);
    }
    for (const [series, value] of await stockOfApi(world.office)) {
      const site = /\{.*\}/.exec(series)![0];
      const promised = () =>
        values.get(`inventory_allocated_units${site}`)! + values.get(`inventory_backordered_units${site}`)!;
      expect([series, series.startsWith('promised') ? promised() : values.get(series)]).toEqual([
        series,
        value,
      ]);
    }
  });

  it('says how long the stock lasts once there is a week of orders', async () => {
    const values = await scrape();
    const { recentUnits, firstOrderMs, scalars } = await keepBooks(database);
    for (const [site, units] of recentUnits) {
      const onHand = scalars.get(`inventory_on_hand_units{site="${site}"}`)!;
      const seconds = (onHand * (Date.now() - firstOrderMs)) / 1_000 / units;
      const given = values.get(`inventory_cover_seconds{site="${site}"}`)!;
      expect([site, Math.abs(given / seconds - 1) < 0.01]).toEqual([site, true]);
    }
  });

  it('follows new orders, parcels, cancellations and stock, over a restart too', async () => {
    const { shop, office, variants } = world;
    const before = await scrape();
    const order = await shop.place([{ variantId: variants[12]!, quantity: 6 }], { couponCode: 'TEN' });
    await expectRight();
    await office.settle(order);
    const parcel = await office.pack(some(order, 4));
    await expectRight();
    await office.move(parcel, 'Shipped');
    await office.changeVariant(variants[13]!, { stockLevels: [{ stockLocationId: '1', stockOnHand: 0 }] });
    await expectRight();
    await stopExporter();
    await office.cancel(order, some(order, 3));
    await office.move(parcel, 'Delivered');
    const other = await shop.place([{ variantId: variants[9]!, quantity: 2 }]);
    await office.settle(other);
    await office.move(await office.pack(all(other)), 'Shipped');
    await startOnShop();
    await expectRight();
    const after = await scrape();
    for (const [series, value] of before)
      if (series.includes('_total{')) expect([series, after.get(series)! >= value]).toEqual([series, true]);
  }, 180_000);

  it('counts again when a row that it has counted was altered or deleted', async () => {
    await database.query(
      `update order_line set "orderPlacedQuantity" = 9 where id = (select id from (select max(id) as id from order_line where "orderPlacedQuantity" > 0) last)`,
    );
    await expectRight();
    await database.query(
      `delete from stock_movement where id = (select id from (select max(id) as id from stock_movement where type = 'CANCELLATION') last)`,
    );
    await expectRight();
  });

  it('reconciles without a difference', async () => {
    await stopExporter();
    const { status, text } = exporter('reconcile');
    expect([status, text.match(/: right, \d+ rows$/gm)?.length, text.includes('differs')]).toEqual([
      0,
      5,
      false,
    ]);
  });

  it('says of each figure that Vendure does not have why, and gives no series of it', async () => {
    const { status, text } = exporter('check');
    expect(status).toBe(0);
    await startOnShop();
    const values = [...(await scrape()).keys()];
    const { absent } = loadProfile('vendure', 'postgres');
    for (const { kpi, reason } of absent) {
      expect(text).toContain(`  ${kpi.name}: ${reason}\n`);
      expect(values.filter((series) => series.startsWith(kpi.name))).toEqual([]);
    }
  });
});

function rounded(figures: readonly (readonly [string, number])[]): Record<string, string> {
  return Object.fromEntries(
    [...figures]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([series, value]) => [series, value.toFixed(4)]),
  );
}

/** The block of docs/exporter/profiles.md that begins so. */
function codeBlock(language: string, begin: string): string {
  const start = `\`\`\`${language}\n${begin}`;
  const at = DOCS.indexOf(start);
  if (at < 0) throw new Error(`docs/exporter/profiles.md has no block that begins with ${begin}`);
  const from = at + language.length + 4;
  return DOCS.slice(from, DOCS.indexOf('```', from));
}
