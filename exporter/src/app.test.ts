import { freePort } from '@evenkeel/toolkit/testing';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { createLogger, parseListenAddress } from '@evenkeel/toolkit';
import { afterEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { type App, createApp } from './app.ts';
import { configSchema, type ExporterConfig } from './config/schema.ts';
import type { CollectorName } from './model/collector-names.ts';

const facts = async () => Promise.reject(new Error('not asked in this test'));

describe('the exporter', () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  let lines: string[] = [];

  afterEach(async () => {
    lines = [];
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  interface Setting {
    config: unknown;
    reloaded?: () => ExporterConfig;
    disabled?: CollectorName[];
    platform?: NodeJS.Platform;
  }

  async function start({
    config,
    reloaded,
    disabled = [],
    platform,
  }: Setting): Promise<{ app: App; url: string }> {
    const parsed = configSchema.parse(config);
    const app = createApp({
      config: parsed,
      readConfig: reloaded ?? (() => parsed),
      listen: [parseListenAddress('127.0.0.1:0')],
      disabled: new Set<CollectorName>(['hostfacts', ...disabled]),
      logger: createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } }),
      loadFacts: facts,
      ...(platform && { platform }),
    });
    const [address] = await app.start();
    cleanups.push(() => app.stop());
    return { app, url: `http://127.0.0.1:${address!.port}` };
  }

  async function get(url: string, headers: Record<string, string> = {}) {
    const { statusCode, headers: answered, body } = await request(url, { headers });
    return { status: statusCode, headers: answered, bytes: Buffer.from(await body.arrayBuffer()) };
  }

  async function metrics(url: string, headers?: Record<string, string>): Promise<string> {
    return (await get(`${url}/metrics`, headers)).bytes.toString();
  }

  /** A server that accepts connections and never answers. */
  async function silentServer(): Promise<{ port: number; sockets: Set<Socket> }> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket
        .on('close', () => sockets.delete(socket))
        .on('error', () => undefined)
        .resume();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.unshift(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return { port: (server.address() as AddressInfo).port, sockets };
  }

  const warehouse = (port: number, timeout = '5s') => ({
    databases: { warehouse: { url: `postgres://u:hidden@127.0.0.1:${port}/w`, profile: 'demo', timeout } },
  });

  it('measures the host without any config', async () => {
    const { url } = await start({ config: {} });
    const { status, headers, bytes } = await get(`${url}/metrics`);
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    const text = bytes.toString();
    expect(text).toMatch(/^system_cpu_time_seconds_total\{cpu_mode="idle"\} \d/m);
    expect(text).toMatch(/^evenkeel_exporter_build_info\{version=".+",node_version=".+"\} 1$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text).not.toMatch(/collector_success\{.*\} 0/);
  });

  it('asks only the collectors that are asked for, and refuses names that it does not know', async () => {
    const { url } = await start({ config: {} });
    const text = (await get(`${url}/metrics?collect[]=load&collect[]=uptime`)).bytes.toString();
    expect(text).toContain('system_uptime_seconds');
    expect(text).not.toContain('system_memory');
    const refused = await get(`${url}/metrics?collect[]=lode`);
    expect(refused.status).toBe(400);
    expect(refused.bytes.toString()).toMatch(/no such collector: lode\nthere are: cpu, memory, load/);
  });

  it('does not ask collectors that are switched off', async () => {
    const { url } = await start({ config: { collectors: { disk: false } }, disabled: ['network'] });
    expect(await metrics(url)).not.toMatch(/system_(disk|network)_/);
  });

  it('compresses a large page when asked', async () => {
    const probes = Array.from({ length: 100 }, (_, index) => ({
      name: `a-long-name-of-a-probe-${index}`,
      url: 'http://127.0.0.1:9/',
    }));
    const { url } = await start({ config: { probes } });
    const plain = await get(`${url}/metrics`);
    const packed = await get(`${url}/metrics`, { 'accept-encoding': 'gzip' });
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([
      undefined,
      'gzip',
    ]);
    expect(gunzipSync(packed.bytes).toString()).toContain('probe_success{probe="a-long-name-of-a-probe-99"}');
  });

  it('says that a database is down, gives no figures of it and all others', async () => {
    const port = await freePort();
    const { url } = await start({ config: warehouse(port) });
    const text = await metrics(url);
    expect(text).toContain('evenkeel_exporter_database_up{database="warehouse"} 0\n');
    expect(text).toContain('evenkeel_exporter_collector_success{collector="inventory"} 0\n');
    expect(text).not.toMatch(/^inventory_/m);
    expect(text).toContain('system_uptime_seconds');
    await metrics(url);
    const warnings = lines.filter((line) => line.includes('level=warn'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/database warehouse: .*ECONNREFUSED/);
    expect(warnings[0]).not.toContain('hidden');
  });

  it('keeps the deadline of the scrape when a database hangs, and lets go of its connections', async () => {
    const { port, sockets } = await silentServer();
    const { url } = await start({ config: warehouse(port, '300ms') });
    const text = await metrics(url, { 'x-prometheus-scrape-timeout-seconds': '0.2' });
    expect(text).toContain('evenkeel_exporter_database_up{database="warehouse"} 0\n');
    expect(text).toContain('system_uptime_seconds');
    expect(lines.join('')).toContain('no answer before the deadline of the scrape');
    const held = [...sockets];
    expect(held).toHaveLength(1);
    await Promise.all(held.map(async (socket) => socket.destroyed || once(socket, 'close')));
  });

  it('takes over a changed config, and keeps the old one when the new one is wrong', async () => {
    let next: unknown = { collectors: { load: false } };
    const { app, url } = await start({ config: {}, reloaded: () => configSchema.parse(next) });
    expect(await metrics(url)).toContain('system_cpu_load_average_1m');
    await app.reload();
    expect(await metrics(url)).not.toContain('system_cpu_load_average_1m');
    next = { collectors: { lode: true } };
    await expect(app.reload()).rejects.toThrow();
    expect(await metrics(url)).not.toContain('system_cpu_load_average_1m');
  });

  it('reloads over HTTP only for who has the token', async () => {
    const { url } = await start({ config: { web: { reload_token: 'tiger' } } });
    const post = async (headers: Record<string, string>) =>
      (await request(`${url}/-/reload`, { method: 'POST', headers })).statusCode;
    expect(await post({})).toBe(401);
    expect(await post({ authorization: 'Bearer lion' })).toBe(401);
    expect(await post({ authorization: 'Bearer tiger' })).toBe(200);
  });

  it('measures a host without /proc in the background, by the same names', async () => {
    const linux = namesOf(await metrics((await start({ config: {} })).url));
    const { url } = await start({ config: {}, platform: 'darwin' });
    const polled = ['memory', 'filesystem', 'network'];
    let text = await metrics(url);
    while (!polled.every((name) => text.includes(`data_age_seconds{collector="${name}"}`)))
      text = await metrics(url);
    expect(namesOf(text).filter((name) => !linux.includes(name))).toEqual([]);
    expect(namesOf(text)).toEqual(
      expect.arrayContaining([
        'system_boot_time_seconds',
        'system_cpu_load_average_1m',
        'system_cpu_time_seconds_total',
        'system_filesystem_utilization_ratio',
        'system_linux_memory_available_bytes',
        'system_network_io_bytes_total',
      ]),
    );
    expect(text).not.toMatch(/collector_success\{.*\} 0/);
    const again = await metrics(url);
    const usage = /^system_memory_usage_bytes\{system_memory_state="used"\} \d+$/m;
    expect(usage.exec(again)![0]).toBe(usage.exec(text)![0]);
  });

  it('asks nothing in the background for collectors that are off', async () => {
    const { url } = await start({
      config: { collectors: { memory: false } },
      disabled: ['filesystem', 'disk', 'network'],
      platform: 'win32',
    });
    const text = await metrics(url);
    expect(text).toContain('system_uptime_seconds');
    expect(text).not.toMatch(/system_(memory|filesystem|disk|network|cpu_load)/);
  });
});

function namesOf(page: string): string[] {
  return [...page.matchAll(/^# TYPE (system_\S+)/gm)].map(([, name]) => name!);
}
