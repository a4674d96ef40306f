import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@evenkeel/exporter';
import { findPart } from '@evenkeel/runtime';
import { goldenText, newDatabase, type TestDatabase } from '@evenkeel/toolkit/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { readConfig } from '../../exporter/src/config/load.ts';
import { COLLECTOR_NAMES } from '../../exporter/src/model/collector-names.ts';
import { parseOpenMetrics } from './openmetrics-parser.ts';
import { SHOP_ROWS, shopTables } from './sql-generic.ts';
import { startExporter } from './started-exporter.ts';

const TESTDATA = join(import.meta.dirname, 'testdata');
const EXPORTER = join(import.meta.dirname, '../../exporter');
const VIEWS = join(import.meta.dirname, '../../packages/inventory/profiles/generic/views.postgres.sql');

/** What differs from run to run: its value, or all of it. */
const VARYING_VALUE =
  /^((?:system_filesystem_|evenkeel_exporter_collector_(?:duration|data_age)_seconds|probe_duration_seconds)\S*(?:\{.*\})?) \S+$/gm;
const VARYING_FAMILY = /^(?:# \w+ )?(?:process|nodejs|evenkeel_exporter_build_info)[_{ ].*\n/gm;

const OWN_METRICS = `name: own
description: A metric of one's own.
queries:
  carts:
    sql: select country, carts from carts order by country
    labels: [country]
    values: { carts: { metric: shop_carts, type: gauge, help: 'Carts "left" behind, by country.' } }
  too_many:
    sql: select i::text as number, 1 as one from generate_series(1, 5) i order by i
    labels: [number]
    max_series: 2
    values: { one: { metric: shop_cut, type: gauge, help: More series than allowed. } }
`;

const FACTS = {
  hostName: 'leeds-1',
  architecture: 'x64',
  osName: 'Debian GNU/Linux',
  osVersion: '12',
  kernel: '6.1.0',
  cpuModel: 'A processor',
  cpuVendor: 'A vendor',
  physicalCores: 2,
};

/** The whole page with all collectors, on fixed files and rows. To write the golden files anew, see CONTRIBUTING.md. */
describe('the page with all collectors', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-golden-'));
  const shop = createServer((_request, response) => response.end('healthy'));
  let postgres: TestDatabase;
  let app: App;
  let url: string;

  beforeAll(async () => {
    postgres = await newDatabase();
    await fill(postgres.url);
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    for (const mountpoint of ['a', 'share'])
      mkdirSync(join(directory, 'root', mountpoint), { recursive: true });
    writeFileSync(join(directory, 'own.yml'), OWN_METRICS);
    writeFileSync(join(directory, 'access.log'), '');
    cpSync(join(EXPORTER, 'testdata'), join(directory, 'testdata'), { recursive: true });
    app = await start(configText((shop.address() as AddressInfo).port));
    appendFileSync(
      join(directory, 'access.log'),
      '10.0.0.7 - - [24/Nov/2026:10:15:02 +0000] "GET /products/1 HTTP/1.1" 200 612 "-" "curl" 0.025\nno line\n',
    );
    while (!(await page()).includes('system_host_info'))
      await new Promise((resolve) => setTimeout(resolve, 10));
  }, 60_000);

  afterAll(async () => {
    await app.stop();
    await postgres.stop();
    shop.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function fill(connectionString: string): Promise<void> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    for (const statement of [...shopTables('timestamptz'), ...SHOP_ROWS]) await client.query(statement);
    await client.query(readFileSync(VIEWS, 'utf8'));
    await client.query(
      `create table carts (country text, carts integer); insert into carts values ('A "quoted" \\ name', 3), ('Éire', 2)`,
    );
    await client.end();
  }

  function configText(probePort: number): string {
    return `
host:
  procfs: testdata/proc
  rootfs: root
  cgroup: { root: testdata/cgroup }
databases:
  shop: { url: "${postgres.url}", profile: generic, queries: [own.yml] }
probes: [{ name: shop, url: "http://127.0.0.1:${probePort}/", expect_body: healthy }]
access_logs: [{ name: shop, path: access.log, routes: ['/products/:sku'] }]
`.replaceAll(/(procfs|rootfs|root): (\w)/g, `$1: ${directory}/$2`);
  }

  async function start(config: string): Promise<App> {
    const file = join(directory, 'exporter.yml');
    writeFileSync(file, config);
    const read = () => readConfig(file, {});
    const started = await startExporter({ readConfig: read, loadFacts: async () => FACTS });
    url = started.metricsUrl;
    return started.app;
  }

  async function page(accept = 'text/plain'): Promise<string> {
    return (await fetch(url, { headers: { accept } })).text();
  }

  const fixed = (text: string) => text.replace(VARYING_FAMILY, '').replace(VARYING_VALUE, '$1 (varies)');

  it('asks every collector there is', async () => {
    const asked = [...(await page()).matchAll(/collector_success\{collector="(\w+)"\} \d/g)].map(
      ([, name]) => name,
    );
    expect(asked.sort()).toEqual([...COLLECTOR_NAMES].sort());
  });

  it('is in the text format as on file, and promtool has nothing to say', async () => {
    const text = await page();
    expect(fixed(text)).toBe(goldenText(join(TESTDATA, 'all-collectors.prom'), fixed(text)));
    const promtool = await findPart('promtool');
    expect(execFileSync(promtool, ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('');
  });

  it('is in OpenMetrics as on file, by its rules', async () => {
    const text = await page('application/openmetrics-text;version=1.0.0');
    expect(fixed(text)).toBe(goldenText(join(TESTDATA, 'all-collectors.openmetrics'), fixed(text)));
    expect(parseOpenMetrics(text).size).toBeGreaterThan(80);
  });
});
