import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@evenkeel/demo/postgres';
import { type App, createApp } from '@evenkeel/exporter';
import { createLogger, parseListenAddress, silentLogger } from '@evenkeel/toolkit';
import { freePort } from '@evenkeel/toolkit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { readConfig } from '../../exporter/src/config/load.ts';
import { readExposition } from './exposition-text.ts';

const PROC = join(import.meta.dirname, '../../exporter/testdata/proc');
const SCRAPE_TIMEOUT_SECONDS = 20;

/** `slow` reads `hurdle`, `tickets` reads the table of the same name, `fine` reads nothing. */
const QUERIES = `name: own
description: Queries that faults are made in.
min_interval: 0s
queries:
  fine:
    sql: select 1 as fine
    labels: []
    values: { fine: { metric: desk_fine, type: gauge, help: Always there. } }
  slow:
    sql: select 1 as slow from hurdle where pg_sleep(seconds) is not null
    labels: []
    values: { slow: { metric: desk_slow, type: gauge, help: Takes as long as the hurdle. } }
  tickets:
    sql: select team, sum(minutes) as minutes from tickets group by team order by team
    labels: [team]
    max_series: 200000
    values: { minutes: { metric: desk_minutes, type: gauge, help: Minutes of work. } }
`;

/** What an on-call must be able to rely on, whatever breaks: the rest is served, a metric says what is missing, the log once. */
describe('faults', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-faults-'));
  const proc = join(directory, 'proc');
  const log = join(directory, 'access.log');
  let port: number;
  let postgres: EmbeddedPostgres;
  let client: pg.Client;
  let site: Server;
  let app: App;
  let url: string;
  let logged: string[];

  beforeAll(async () => {
    // The account that PostgreSQL runs as has to pass through.
    chmodSync(directory, 0o755);
    port = await freePort();
    await startDatabase();
    await client.query(`create table hurdle (seconds numeric not null); insert into hurdle values (0);
      create table tickets (team text not null, minutes integer)`);
    site = createServer((_request, response) => response.end('well'));
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
  }, 60_000);

  afterAll(async () => {
    site.close();
    await client.end();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    logged = [];
    await client.query(`rollback; update hurdle set seconds = 0; truncate tickets;
      insert into tickets values ('returns', 30), ('goods in', 5)`);
    cpSync(PROC, proc, { recursive: true });
    writeFileSync(log, '');
    await startExporter();
    await expectAllWell();
    logged.splice(0);
  });

  afterEach(() => app.stop());

  async function startDatabase(): Promise<void> {
    const place = { port, directory: join(directory, 'postgres') };
    postgres = await startEmbeddedPostgres({ ...place, durability: 'relaxed', logger: silentLogger() });
    client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    await client.connect();
  }

  async function startExporter(timeout = '4s'): Promise<void> {
    const configFile = join(directory, 'exporter.yml');
    writeFileSync(join(directory, 'url'), postgres.url, { mode: 0o600 });
    writeFileSync(join(directory, 'own.yml'), QUERIES);
    writeFileSync(
      configFile,
      `databases: { desk: { url_file: ${join(directory, 'url')}, queries: [own.yml], timeout: ${timeout} } }
scrape: { max_series_per_family: 1000 }
collectors: { filesystem: false, hostfacts: false }
host: { procfs: ${proc} }
access_logs: [{ name: shop, path: access.log }]
probes: [{ name: site, url: 'http://127.0.0.1:${(site.address() as AddressInfo).port}/' }]\n`,
    );
    const read = () => readConfig(configFile, {});
    const destination = { write: (line: string) => void logged.push(line) };
    app = createApp({
      config: read(),
      readConfig: read,
      listen: [parseListenAddress('127.0.0.1:0')],
      logger: createLogger({ name: 'test', destination }),
    });
    const [address] = await app.start();
    url = `http://127.0.0.1:${address!.port}/metrics`;
  }

  async function scrape(): Promise<Map<string, number>> {
    const headers = { 'x-prometheus-scrape-timeout-seconds': String(SCRAPE_TIMEOUT_SECONDS) };
    const response = await fetch(url, {
      headers,
      signal: AbortSignal.timeout(SCRAPE_TIMEOUT_SECONDS * 1000),
    });
    return readExposition(await response.text());
  }

  /** Names of the collectors that did not give all they should. */
  function failing(values: ReadonlyMap<string, number>): string[] {
    return [...values].flatMap(([name, value]) => {
      const [, collector] = /^evenkeel_exporter_collector_success\{collector="(.*)"\}$/.exec(name) ?? [];
      return collector === undefined || value === 1 ? [] : [collector];
    });
  }

  /** One series of each collector, so that success is not only said. */
  const WITNESSES: Readonly<Record<string, string>> = {
    cpu: 'system_cpu_logical_cores',
    memory: 'system_memory_limit_bytes',
    network: 'system_network_io_bytes_total{network_interface_name="lo",network_io_direction="receive"}',
    probe: 'probe_success{probe="site"}',
    accesslog: 'evenkeel_exporter_access_log_up{access_log="shop"}',
    sql: 'desk_fine',
  };

  /** Fails unless these collectors fail, and no other one, and those give their figures. */
  function expectOnly(collectors: readonly string[], values: ReadonlyMap<string, number>): void {
    expect(failing(values)).toEqual(collectors);
    const others = Object.entries(WITNESSES).filter(([name]) => !collectors.includes(name));
    expect(others.filter(([, series]) => !values.has(series))).toEqual([]);
  }

  async function expectAllWell(): Promise<Map<string, number>> {
    const values = await scrape();
    expectOnly([], values);
    return values;
  }

  const linesWith = (text: string) => logged.filter((line) => line.includes(text));

  /** One warning for all scrapes so far, and nothing else above info. */
  function expectOneWarning(text: string): void {
    const warnings = linesWith('level=warn');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(text);
    expect(linesWith('level=error')).toEqual([]);
  }

  /** All is well again, and the log says so once for each part that was not. */
  async function expectRecovery(parts = 1): Promise<void> {
    while (failing(await scrape()).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await expectAllWell();
    expect(linesWith('collector works again')).toHaveLength(parts);
  }

  const databaseUp = 'evenkeel_exporter_database_up{database="desk"}';

  async function untilAsking(): Promise<number> {
    for (;;) {
      const { rows } = await client.query<{ pid: number }>(
        "select pid from pg_stat_activity where query like '%from hurdle where%' and state = 'active' and pid <> pg_backend_pid()",
      );
      if (rows.length > 0) return rows[0]!.pid;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  describe('a database', () => {
    it('that is killed in the middle of a scrape', async () => {
      await client.query('update hurdle set seconds = 0.9');
      const scraping = scrape();
      await untilAsking();
      // All of its processes at once, as when the machine goes.
      process.kill(-postgres.pid, 'SIGKILL');
      const during = await scraping;
      expectOnly(['sql'], during);
      expectOnly(['sql'], await scrape());
      expect(during.get(databaseUp)).toBe(0);
      expect([...during.keys()].filter((name) => name.startsWith('desk_'))).toEqual([]);
      expectOneWarning('database desk: ');
      await postgres.stop();
      await startDatabase();
      await client.query('update hurdle set seconds = 0');
      await expectRecovery();
    });

    it('that stops in the middle of a query and says nothing any more', async () => {
      await client.query('update hurdle set seconds = 0.9');
      const scraping = scrape();
      const backend = await untilAsking();
      process.kill(backend, 'SIGSTOP');
      try {
        const during = await scraping;
        expectOnly(['sql'], during);
        expect(during.get(databaseUp)).toBe(0);
      } finally {
        process.kill(backend, 'SIGCONT');
      }
      expectOneWarning('database desk: no answer within 4000 ms');
      await client.query('update hurdle set seconds = 0');
      await expectRecovery();
    });

    it('with a query that hangs', async () => {
      await client.query('update hurdle set seconds = 3600');
      for (let time = 0; time < 2; time++) {
        const during = await scrape();
        expectOnly(['sql'], during);
        expect([during.get(databaseUp), during.get('desk_fine'), during.get('desk_slow')]).toEqual([
          1,
          1,
          undefined,
        ]);
        expect(during.get('desk_minutes{team="returns"}')).toBe(30);
      }
      expectOneWarning('query slow: canceling statement due to statement timeout');
      await client.query('update hurdle set seconds = 0');
      await expectRecovery();
    });

    it('with a table that is locked', async () => {
      await client.query('begin; lock table tickets in access exclusive mode');
      for (let time = 0; time < 2; time++) {
        const during = await scrape();
        expectOnly(['sql'], during);
        expect([during.get(databaseUp), during.get('desk_fine'), during.get('desk_slow')]).toEqual([1, 1, 1]);
        expect(during.has('desk_minutes{team="returns"}')).toBe(false);
      }
      expectOneWarning('query tickets: canceling statement due to lock timeout');
      await client.query('commit');
      await expectRecovery();
    });

    it('with NULL where a number was promised', async () => {
      await client.query("insert into tickets values ('night', null)");
      for (let time = 0; time < 2; time++) {
        const during = await scrape();
        expectOnly(['sql'], during);
        expect([during.get(databaseUp), during.get('desk_fine')]).toEqual([1, 1]);
        expect([...during.keys()].filter((name) => name.startsWith('desk_minutes'))).toEqual([]);
      }
      expectOneWarning('query tickets, row 2, column minutes: NULL');
      await client.query("delete from tickets where team = 'night'");
      await expectRecovery();
    });

    it('with a label that has 100,000 values', async () => {
      await app.stop();
      await startExporter('20s');
      await client.query("insert into tickets select 'team ' || i, 1 from generate_series(1, 100000) i");
      for (let time = 1; time <= 2; time++) {
        const during = await expectAllWell();
        expect([...during.keys()].filter((name) => name.startsWith('desk_minutes'))).toHaveLength(1000);
        const dropped = 'evenkeel_exporter_series_dropped_total{family="desk_minutes"}';
        expect(during.get(dropped)).toBe(time * 99_002);
      }
      expectOneWarning('family has too many series');
      await client.query("delete from tickets where team like 'team %'");
      await expectAllWell();
      expect(linesWith('family is within its limit again')).toHaveLength(1);
    });

    it('that goes away while a query of it fails for ever', async () => {
      await client.query("insert into tickets values ('night', null)");
      await scrape();
      await postgres.stop();
      expectOnly(['sql'], await scrape());
      expectOnly(['sql'], await scrape());
      expect(linesWith('level=warn').map((line) => /error="(.{32})/.exec(line)?.[1])).toEqual([
        'database desk: query tickets, ro',
        'database desk: connect ECONNREFU',
      ]);
      await startDatabase();
      await client.query("delete from tickets where team = 'night'");
      await expectRecovery(2);
    });
  });

  describe('an access log', () => {
    const request = (path: string) =>
      `10.0.0.7 - - [24/Nov/2026:10:15:02 +0000] "GET ${path} HTTP/1.1" 200 612 "-" "curl" 0.030\n`;
    const lines = (result: string) =>
      `evenkeel_exporter_access_log_lines_total{access_log="shop",result="${result}"}`;
    const rotations = 'evenkeel_exporter_access_log_rotations_total{access_log="shop",kind="renamed"}';

    it('that is rotated in the middle of a line', async () => {
      const server = openSync(log, 'a');
      writeSync(server, `${request('/one')}${request('/two').slice(0, 50)}`);
      expect((await expectAllWell()).get(lines('parsed'))).toBe(1);
      renameSync(log, `${log}.1`);
      writeFileSync(log, request('/three'));
      writeSync(server, request('/two').slice(50));
      closeSync(server);
      const after = await expectAllWell();
      await expectAllWell();
      expect([after.get(lines('parsed')), after.get(lines('malformed')), after.get(rotations)]).toEqual([
        3, 0, 1,
      ]);
      expect(linesWith('access log was renamed')).toHaveLength(1);
      expect(linesWith('level=warn')).toEqual([]);
    });

    it('with lines of another format', async () => {
      appendFileSync(log, `${request('/one')}not a request\n`);
      expect((await expectAllWell()).get(lines('malformed'))).toBe(1);
      appendFileSync(log, 'not a request\n');
      expect((await expectAllWell()).get(lines('malformed'))).toBe(2);
      expectOneWarning('lines of an access log do not fit its format');
    });

    it('that is taken away', async () => {
      await app.stop();
      rmSync(log);
      await startExporter();
      for (let time = 0; time < 2; time++) {
        const during = await scrape();
        expectOnly(['accesslog'], during);
        expect(during.get('evenkeel_exporter_access_log_up{access_log="shop"}')).toBe(0);
      }
      expectOneWarning(`access log shop: ${log} is not there`);
      writeFileSync(log, '');
      await expectRecovery();
    });
  });

  describe('files of /proc', () => {
    it.each([
      ['are missing', (file: string) => rmSync(file), 'ENOENT'],
      ['are empty', (file: string) => writeFileSync(file, ''), 'malformed'],
      ['are malformed', (file: string) => writeFileSync(file, 'a\nb\nno such thing\n'), 'malformed'],
    ])('that %s', async (_, harm, reason) => {
      harm(join(proc, 'meminfo'));
      for (let time = 0; time < 2; time++) {
        const during = await scrape();
        expectOnly(['memory'], during);
        expect([...during.keys()].filter((name) => name.startsWith('system_memory'))).toEqual([]);
      }
      expectOneWarning(reason);
      cpSync(PROC, proc, { recursive: true });
      await expectRecovery();
    });
  });
});
