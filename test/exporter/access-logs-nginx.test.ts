import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, configSchema, createApp } from '@evenkeel/exporter';
import { parseListenAddress, silentLogger } from '@evenkeel/toolkit';
import { freePort } from '@evenkeel/toolkit/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readExposition } from './exposition-text.ts';
import { type NginxServer, startNginx } from './nginx-server.ts';

const DOCS = join(import.meta.dirname, '../../docs/exporter/access-logs.md');

/** The log_format of the docs, in a real nginx, so that both are what nginx writes. */
describe('the access log of a real nginx', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-nginx-'));
  const log = join(directory, 'access.log');
  const silent = createServer(() => undefined);
  let port: number;
  let nginx: NginxServer;
  let app: App;
  let url: string;

  beforeAll(async () => {
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    port = await freePort();
    const [, format] = /```nginx\n(log_format [^]*?;)/.exec(readFileSync(DOCS, 'utf8'))!;
    nginx = await startNginx({
      directory,
      port,
      http: `${format!}
access_log ${log} timed;
server {
  listen 127.0.0.1:PORT;
  location /products/ { return 200 'a product'; }
  location /slow { proxy_pass http://127.0.0.1:${(silent.address() as AddressInfo).port}; }
  location / { return 404; }
}`,
    });
    const routes = ['/products/:sku', '/slow'];
    const config = configSchema.parse({ access_logs: [{ name: 'shop', path: log, routes }] });
    app = createApp({
      config,
      readConfig: () => config,
      listen: [parseListenAddress('127.0.0.1:0')],
      disabled: new Set(['hostfacts']),
      logger: silentLogger(),
    });
    const [address] = await app.start();
    url = `http://127.0.0.1:${address!.port}/metrics?collect[]=accesslog`;
  }, 120_000);

  afterAll(async () => {
    await app.stop();
    await nginx.stop();
    silent.closeAllConnections();
    silent.close();
    rmSync(directory, { recursive: true });
  });

  /** The values once so many requests were counted. */
  async function counted(requests: number): Promise<Map<string, number>> {
    for (;;) {
      const values = readExposition(await (await fetch(url)).text());
      if (
        values.get('evenkeel_exporter_access_log_lines_total{access_log="shop",result="parsed"}')! >= requests
      )
        return values;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const count = (method: string, status: number, route: string) =>
    `http_server_request_duration_seconds_count{access_log="shop",http_request_method="${method}",http_response_status_code="${status}",http_route="${route}"}`;

  const ask = async (path: string, method = 'GET') =>
    (
      await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { 'user-agent': 'a "quoted" \\ agent' },
      })
    ).text();

  /** Sends bytes and goes away, at once or when nginx has answered. */
  async function send(text: string, isPatient: boolean): Promise<void> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(text);
    await once(isPatient ? socket : silent, isPatient ? 'data' : 'request');
    socket.destroy();
  }

  it('is counted, with what no client should send and clients that do not wait', async () => {
    await ask('/products/22423?size=2');
    await ask('/products/85048', 'HEAD');
    await ask('/wp-login.php');
    await send('\x16\x03\x01\x02\x00\r\n\r\n', true);
    await send('GET /slow HTTP/1.1\r\nhost: shop\r\n\r\n', false);
    const values = await counted(5);
    expect(values.get(count('GET', 200, '/products/:sku'))).toBe(1);
    expect(values.get(count('HEAD', 200, '/products/:sku'))).toBe(1);
    expect(values.get(count('GET', 404, 'unmatched'))).toBe(1);
    expect(values.get(count('_OTHER', 400, 'unmatched'))).toBe(1);
    expect(values.get(count('GET', 499, '/slow'))).toBe(1);
    expect(values.get('evenkeel_exporter_access_log_lines_total{access_log="shop",result="malformed"}')).toBe(
      0,
    );
  });

  it('is followed as logrotate rotates it', async () => {
    renameSync(log, `${log}.1`);
    await ask('/products/1');
    nginx.reopenLogs();
    while (!existsSync(log)) await new Promise((resolve) => setTimeout(resolve, 10));
    await ask('/products/2');
    const values = await counted(7);
    expect(values.get(count('GET', 200, '/products/:sku'))).toBe(3);
    expect(values.get('evenkeel_exporter_access_log_rotations_total{access_log="shop",kind="renamed"}')).toBe(
      1,
    );
  });
});
