import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '@evenkeel/exporter';
import { createLogger, parseListenAddress, systemClock } from '@evenkeel/toolkit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../exporter/src/config/load.ts';
import { readExposition, seriesName } from './exposition-text.ts';

describe('access logs', () => {
  let directory: string;
  let log: string;
  let nowMs: number;
  /** As long as a timer can be: only scrapes read. */
  let sleepMs: number;
  let warnings: string[];
  let url: string;
  let app: App | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'evenkeel-access-'));
    log = join(directory, 'access.log');
    nowMs = Date.now();
    sleepMs = 2 ** 31 - 1;
    warnings = [];
    writeFileSync(log, '');
  });

  afterEach(async () => {
    await stop();
    rmSync(directory, { recursive: true });
  });

  function write(config: string): void {
    writeFileSync(join(directory, 'exporter.yml'), config);
  }

  const shop = (more = '') =>
    `state: { path: state }\naccess_logs:\n  - name: shop\n    path: access.log\n    routes: ['/products/:sku', '/orders']\n${more}`;

  async function start(config: string): Promise<void> {
    write(config);
    const read = () => readConfig(join(directory, 'exporter.yml'), {});
    app = createApp({
      config: read(),
      readConfig: read,
      listen: [parseListenAddress('127.0.0.1:0')],
      disabled: new Set(['hostfacts']),
      clock: { now: () => nowMs, sleep: (_ms, signal) => systemClock.sleep(sleepMs, signal) },
      logger: createLogger({
        name: 'test',
        destination: { write: (line: string) => void warnings.push(line) },
      }),
    });
    const [address] = await app.start();
    url = `http://127.0.0.1:${address!.port}/metrics`;
  }

  async function stop(): Promise<void> {
    await app?.stop();
    app = undefined;
  }

  async function scrape(): Promise<Map<string, number>> {
    return readExposition(await (await fetch(url)).text());
  }

  function request(path: string, { method = 'GET', status = 200, seconds = '0.030' } = {}): string {
    return `10.0.0.7 - - [24/Nov/2026:10:15:02 +0000] "${method} ${path} HTTP/1.1" ${status} 612 "-" "curl" ${seconds}\n`;
  }

  function count(method: string, route: string, status: number): string {
    return series('count', labelsOf(method, route, status));
  }

  function labelsOf(method: string, route: string, status: number): Record<string, string> {
    return { http_request_method: method, http_route: route, http_response_status_code: `${status}` };
  }

  function series(part: string, labels: Record<string, string>): string {
    return seriesName(`http_server_request_duration_seconds_${part}`, { access_log: 'shop', ...labels });
  }

  const lines = (result: string) =>
    `evenkeel_exporter_access_log_lines_total{access_log="shop",result="${result}"}`;
  const success = (collector: string) => `evenkeel_exporter_collector_success{collector="${collector}"}`;
  const warned = (text: string) => warnings.filter((line) => line.includes(text));

  it('give the durations of requests by method, route and status, and no path', async () => {
    await start(shop());
    appendFileSync(log, request('/products/22423') + request('/products/85048?size=2', { seconds: '0.300' }));
    appendFileSync(log, request('/orders', { method: 'POST', status: 503 }) + request('/wp-login.php'));
    appendFileSync(log, request('/.env', { method: 'BREW', status: 404 }));
    const values = await scrape();
    expect(values.get(count('GET', '/products/:sku', 200))).toBe(2);
    expect(values.get(series('sum', labelsOf('GET', '/products/:sku', 200)))).toBeCloseTo(0.33, 9);
    const bucket = series('bucket', { ...labelsOf('GET', '/products/:sku', 200), le: '0.05' });
    expect(values.get(bucket)).toBe(1);
    expect(values.get(count('POST', '/orders', 503))).toBe(1);
    expect(values.get(count('GET', 'unmatched', 200))).toBe(1);
    expect(values.get(count('_OTHER', 'unmatched', 404))).toBe(1);
    expect([...values.keys()].filter((name) => /22423|login|env"/.test(name))).toEqual([]);
    expect(values.get(lines('parsed'))).toBe(5);
    expect(values.get('evenkeel_exporter_access_log_unread_bytes{access_log="shop"}')).toBe(0);
    expect(values.get('evenkeel_exporter_access_log_up{access_log="shop"}')).toBe(1);
  });

  it('are read in the background, without a scrape', async () => {
    sleepMs = 10;
    await start(shop());
    appendFileSync(log, request('/orders'));
    await expect(
      (async () => {
        for (;;) {
          const saved = JSON.parse(await readFileWhenThere(join(directory, 'state/access-logs.json'))) as {
            positions: { shop: { offset: number } };
          };
          if (saved.positions.shop.offset === readFileSync(log).length) return 'read';
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      })(),
    ).resolves.toBe('read');
  });

  it('keep their counts over a reload, with the routes that it brings', async () => {
    await start(shop());
    appendFileSync(log, request('/orders') + request('/baskets/7'));
    await scrape();
    write(shop().replace("'/orders'", "'/orders', '/baskets/:id'"));
    await app!.reload();
    appendFileSync(log, request('/orders') + request('/baskets/7'));
    const values = await scrape();
    expect(values.get(count('GET', '/orders', 200))).toBe(2);
    expect(values.get(count('GET', 'unmatched', 200))).toBe(1);
    expect(values.get(count('GET', '/baskets/:id', 200))).toBe(1);
  });

  it('follow another file, another log or none after a reload', async () => {
    await start(shop());
    appendFileSync(log, request('/orders'));
    await scrape();
    write(shop('  - { name: other, path: other.log }\n').replace('access.log', 'moved.log'));
    writeFileSync(join(directory, 'other.log'), '');
    writeFileSync(join(directory, 'moved.log'), request('/orders'));
    await app!.reload();
    appendFileSync(log, request('/orders'));
    appendFileSync(join(directory, 'moved.log'), request('/orders'));
    const values = await scrape();
    expect(values.get(count('GET', '/orders', 200))).toBe(2);
    expect(values.get('evenkeel_exporter_access_log_up{access_log="other"}')).toBe(1);
    write('{}');
    await app!.reload();
    expect([...(await scrape()).keys()].filter((name) => name.includes('access_log'))).toEqual([]);
  });

  it('go on after a restart where they were, with what was logged meanwhile', async () => {
    await start(shop());
    appendFileSync(log, request('/orders'));
    await scrape();
    await stop();
    appendFileSync(log, request('/orders') + request('/orders'));
    nowMs += 60_000;
    await start(shop());
    expect((await scrape()).get(count('GET', '/orders', 200))).toBe(2);
    expect(readFileSync(join(directory, 'state/access-logs.json'), 'utf8')).not.toContain('10.0.0.7');
  });

  it('do not count what was logged in an absence of more than five minutes', async () => {
    await start(shop());
    await stop();
    appendFileSync(log, request('/orders'));
    nowMs += 300_001;
    await start(shop());
    appendFileSync(log, request('/products/1'));
    const values = await scrape();
    expect(values.get(count('GET', '/orders', 200))).toBeUndefined();
    expect(values.get(count('GET', '/products/:sku', 200))).toBe(1);
  });

  it.each(['{', '{"version":2}', '{"version":1,"savedAtMs":1e15,"positions":{"shop":{"path":7}}}'])(
    'start at the end when what was kept is of no use: %s',
    async (text) => {
      mkdirSync(join(directory, 'state'));
      writeFileSync(join(directory, 'state/access-logs.json'), text);
      appendFileSync(log, request('/orders'));
      await start(shop());
      expect((await scrape()).get(lines('parsed'))).toBe(0);
      expect(warned('starting at their ends')).toHaveLength(1);
    },
  );

  it('are a failure of their own when they cannot be read, until they can', async () => {
    rmSync(log);
    await start(shop('  - { name: other, path: other.log }\n'));
    writeFileSync(join(directory, 'other.log'), '');
    const missing = await scrape();
    await scrape();
    expect(missing.get('evenkeel_exporter_access_log_up{access_log="shop"}')).toBe(0);
    expect(missing.get('evenkeel_exporter_access_log_up{access_log="other"}')).toBe(1);
    expect(missing.get(success('accesslog'))).toBe(0);
    expect(missing.get(success('cpu'))).toBe(1);
    expect(warned('collector fails')).toHaveLength(1);
    expect(warned('collector fails')[0]).toContain(`access log shop: ${log} is not there`);
    writeFileSync(log, request('/orders'));
    const back = await scrape();
    expect(back.get(count('GET', '/orders', 200))).toBe(1);
    expect(back.get(success('accesslog'))).toBe(1);
    expect(warned('collector works again')).toHaveLength(1);
  });

  it('say once that lines do not fit, without showing them, and once that they do again', async () => {
    await start(shop());
    for (let round = 0; round < 3; round++) {
      appendFileSync(log, 'password=tiger\n');
      await scrape();
    }
    const found = warned('do not fit');
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('reason="nothing after $remote_addr"');
    expect(warnings.join('')).not.toContain('tiger');
    nowMs += 60_001;
    appendFileSync(log, request('/orders'));
    const values = await scrape();
    expect([values.get(lines('malformed')), values.get(lines('parsed'))]).toEqual([3, 1]);
    await scrape();
    expect(warned('fit its format again')).toHaveLength(1);
  });

  it('answer at once during a burst, and have all of it in the end', async () => {
    await start(shop());
    const requests = 150_000;
    appendFileSync(log, request('/orders').repeat(requests));
    const during = await scrape();
    expect(during.get(success('accesslog'))).toBe(1);
    expect(during.get('evenkeel_exporter_access_log_unread_bytes{access_log="shop"}')).toBeGreaterThan(0);
    let values = during;
    while (values.get(lines('parsed'))! < requests) values = await scrape();
    expect(values.get(count('GET', '/orders', 200))).toBe(requests);
    expect(values.get('evenkeel_exporter_access_log_unread_bytes{access_log="shop"}')).toBe(0);
  });
});

async function readFileWhenThere(path: string): Promise<string> {
  for (;;) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
