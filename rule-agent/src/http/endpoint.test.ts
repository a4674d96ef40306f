import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillPath } from '../model/template.ts';
import { createEndpoint, type Endpoint, type EndpointOptions, urlBelow } from './endpoint.ts';

let server: Server;
let port: number;
let endpoint: Endpoint | undefined;
let asked: string[];
let statuses: number[];

beforeEach(async () => {
  [asked, statuses] = [[], []];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    response.writeHead(statuses.shift() ?? 200, { location: 'http://127.0.0.1:1/' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});

afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
  server.closeAllConnections();
  server.close();
});

function open(options: Partial<EndpointOptions> = {}): Endpoint {
  endpoint = createEndpoint({
    url: `http://127.0.0.1:${port}/api`,
    timeoutMs: 3_000,
    maxBytes: 1_000,
    ...options,
  });
  return endpoint;
}

const get = { method: 'GET', path: '/x', repeatable: true } as const;

describe('an endpoint', () => {
  it('asks below its URL', async () => {
    expect(await open().send({ ...get, query: { q: 'a b&c' } })).toMatchObject({ status: 200 });
    expect(asked).toEqual(['GET /api/x?q=a+b%26c']);
  });

  it('repeats once what may be repeated, and nothing else', async () => {
    statuses = [503];
    expect(await open().send(get)).toMatchObject({ status: 200 });
    statuses = [503];
    expect(await open().send({ ...get, method: 'POST', repeatable: false })).toMatchObject({ status: 503 });
    expect(asked).toEqual(['GET /api/x', 'GET /api/x', 'POST /api/x']);
  });

  it('follows no redirect', async () => {
    statuses = [307];
    expect(await open().send(get)).toMatchObject({ status: 307 });
    expect(asked).toHaveLength(1);
  });

  it('leaves a place alone after five failures in a row', async () => {
    statuses = Array<number>(20).fill(500);
    const failing = open();
    const once = { ...get, repeatable: false };
    for (let sent = 0; sent < 5; sent++) await failing.send(once);
    expect(await failing.send(once)).toEqual({
      kind: 'failed',
      because: 'left alone for a while after 5 failures',
    });
    expect(asked).toHaveLength(5);
  });

  it.each([
    {
      what: 'not listed',
      address: '127.0.0.1',
      networks: [],
      because: /leads to an address that is not allowed/,
    },
    {
      what: 'metadata of a cloud',
      address: '169.254.169.254',
      networks: ['127.0.0.1'],
      because: /not allowed/,
    },
    { what: 'listed', address: '127.0.0.1', networks: ['127.0.0.0/8'], because: undefined },
  ])('asks where a name leads at every connection: $what', async ({ address, networks, because }) => {
    const resolve = () => Promise.resolve([{ address, family: 4 }]);
    const answer = await open({ url: `http://warehouse.test:${port}`, networks, resolve }).send(get);
    expect(asked).toHaveLength(because === undefined ? 1 : 0);
    if (because !== undefined) expect(answer).toMatchObject({ because: expect.stringMatching(because) });
  });

  it('says localhost where it means it', async () => {
    expect(await open({ url: `http://localhost:${port}` }).send(get)).toMatchObject({ status: 200 });
  });
});

describe('the URL of a request', () => {
  it.each(['/../admin', '/%2e%2e/admin', '/a/./b', '/a?b', '/a#b', '/\\evil', '/a\tb'])(
    '%j leads out',
    (path) => {
      expect(urlBelow('http://host/api', path, {})).toBeUndefined();
    },
  );

  it('is below its system, whatever path is asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const url = urlBelow('https://host/api', path, {});
        if (url !== undefined) expect(url).toMatch(/^https:\/\/host\/api/);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is below its system, whatever a label or a query holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (job, value) => {
        const path = fillPath('/jobs/${target.job}', { episode: 'e', rule: 'r', target: { job } });
        if (path === undefined) return;
        const url = new URL(urlBelow('https://host/api', path, { q: value.toWellFormed() })!);
        expect(url.origin).toBe('https://host');
        expect(url.pathname).toMatch(/^\/api\/jobs\/[^/]+$/);
        expect([...url.searchParams]).toEqual([['q', value.toWellFormed()]]);
      }),
      { numRuns: 5_000 },
    );
  });
});
