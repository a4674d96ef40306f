import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ProbeGuard } from '../sources/probe-guard.ts';
import { probeHandler } from './probe-handler.ts';

describe('GET /probe', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function serve(answer: RequestListener): Promise<number> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async function prober(allowedPort: number): Promise<(query: string) => Promise<[number, string]>> {
    const guard = new ProbeGuard({ hosts: [], cidrs: ['127.0.0.0/8'], ports: [allowedPort] });
    const module = { request: {}, timeoutMs: 1000, expect: {} };
    const modules = new Map([
      ['http_2xx', module],
      ['healthy', { ...module, expect: { bodyMatches: /healthy/ } }],
    ]);
    const deadline = { timeoutMs: 1000, timeoutOffsetMs: 100 };
    const handle = probeHandler(() => ({ modules, guard, deadline }));
    const port = await serve((request, response) => void handle(request, response));
    return async (query) => {
      const response = await fetch(`http://127.0.0.1:${port}/probe${query}`);
      return [response.status, await response.text()];
    };
  }

  it('probes what is allowed, with the module that is named', async () => {
    const port = await serve((_request, response) => void response.end('sick'));
    const probe = await prober(port);
    const [status, page] = await probe(`?target=127.0.0.1:${port}`);
    expect(status).toBe(200);
    expect(page).toContain('probe_success 1\n');
    expect(page).toContain('probe_http_status_code 200\n');
    const [, judged] = await probe(`?target=http://127.0.0.1:${port}/&module=healthy`);
    expect(judged).toContain('probe_success 0\n');
    expect(judged).toContain('probe_failed_due_to_regex 1\n');
  });

  it('refuses what is not allowed, without asking it', async () => {
    let isAsked = false;
    const port = await serve((_request, response) => {
      isAsked = true;
      response.end();
    });
    const probe = await prober(1);
    const [status, text] = await probe(`?target=http://127.0.0.1:${port}/`);
    expect([status, isAsked]).toEqual([403, false]);
    expect(text).toContain(`port ${port} is not allowed`);
  });

  it.each([
    ['', 'target must be a URL'],
    ['?target=http://', 'target must be a URL'],
    ['?target=http://127.0.0.1/&module=tcp', 'no such module: tcp\nthere are: http_2xx, healthy'],
  ])('answers 400 to "%s"', async (query, why) => {
    const [status, text] = await (await prober(80))(query);
    expect(status).toBe(400);
    expect(text).toContain(why);
  });
});
