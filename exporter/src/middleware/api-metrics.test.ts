import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
// @ts-expect-error: its types would be a package of their own, and are those of Express 5 in what is used here
import express4 from 'express4';
import { Registry } from 'prom-client';
import supertest from 'supertest';
import { apiMetrics } from './api-metrics.ts';

describe('apiMetrics', () => {
  let registry: Registry;
  let app: express.Express;

  beforeEach(() => {
    registry = new Registry();
    app = express();
    app.use(apiMetrics({ registry }).middleware);
  });

  async function countOf(labels: string): Promise<string | undefined> {
    const text = await registry.metrics();
    return text
      .split('\n')
      .find((line) => line.startsWith(`http_server_request_duration_seconds_count{${labels}}`));
  }

  function labels(method: string, route: string, status: number): string {
    return `http_request_method="${method}",http_route="${route}",http_response_status_code="${status}"`;
  }

  it('labels a request with the template of the route, mount path included', async () => {
    const router = express.Router();
    router.get('/products/:sku', (_request, response) => void response.json({}));
    app.use('/api/v1', router);
    await supertest(app).get('/api/v1/products/22423').expect(200);
    expect(await countOf(labels('GET', '/api/v1/products/:sku', 200))).toMatch(/ 1$/);
  });

  it.each([
    ['5', express],
    ['4', express4 as unknown as typeof express],
  ])(
    'has no value of a parameter in the route of routers below routers, with Express %s',
    async (_major, create) => {
      const served = create();
      served.use(apiMetrics({ registry: (registry = new Registry()) }).middleware);
      const orders = create.Router();
      orders.get('/orders/:id', (_request, response) => void response.end());
      orders.get('/fail', () => {
        throw new Error('out of order');
      });
      const sites = create.Router({ mergeParams: true });
      sites.use('/sites/:site', orders);
      served.use('/tenants/:tenant', sites);
      for (const tenant of ['acme', 'tenants', 'a%20b']) {
        await supertest(served).get(`/tenants/${tenant}/sites/7/orders/1`).expect(200);
        await supertest(served).get(`/tenants/${tenant}/sites/7/fail`).expect(500);
      }
      const routes = (await registry.metrics()).matchAll(/_count\{[^}]*http_route="([^"]*)"/g);
      expect([...new Set([...routes].map(([, route]) => route))].sort()).toEqual([
        '/tenants/:tenant/sites/:site/fail',
        '/tenants/:tenant/sites/:site/orders/:id',
      ]);
    },
  );

  it('keeps the mount path when the handler fails', async () => {
    const router = express.Router();
    router.get('/orders', async () => Promise.reject(new Error('out of order')));
    app.use('/api/v1', router);
    await supertest(app).get('/api/v1/orders').expect(500);
    expect(await countOf(labels('GET', '/api/v1/orders', 500))).toMatch(/ 1$/);
  });

  it('names the root of a mounted router by its mount path', async () => {
    const router = express.Router();
    router.get('/', (_request, response) => void response.end());
    app.use('/stock', router);
    await supertest(app).get('/stock/').expect(200);
    expect(await countOf(labels('GET', '/stock', 200))).toMatch(/ 1$/);
  });

  it('folds every unmatched path to one value', async () => {
    await supertest(app).get('/wp-login.php').expect(404);
    await supertest(app).get('/.env').expect(404);
    expect(await countOf(labels('GET', 'unmatched', 404))).toMatch(/ 2$/);
  });

  it('folds a method that is not a known one', async () => {
    await supertest(app).propfind('/stock').expect(404);
    expect(await countOf(labels('_OTHER', 'unmatched', 404))).toMatch(/ 1$/);
  });

  it('counts a request that is being answered as active, and not afterwards', async () => {
    let seen = '';
    app.get('/active', (_request, response) => {
      void registry.metrics().then((text) => {
        seen = text;
        response.end();
      });
    });
    await supertest(app).get('/active').expect(200);
    expect(seen).toContain('http_server_active_requests{http_request_method="GET"} 1');
    expect(await registry.metrics()).toContain('http_server_active_requests{http_request_method="GET"} 0');
  });

  describe('when the client goes away', () => {
    const server = createServer((request, response) => app(request, response));

    beforeEach(async () => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });

    afterEach(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    async function abortWhen(answer: (response: express.Response) => void): Promise<void> {
      const closed = new Promise<void>((resolve) => {
        app.get('/slow', (_request, response) => {
          response.once('close', resolve);
          answer(response);
          client.destroy();
        });
      });
      const client = httpRequest({ port: (server.address() as AddressInfo).port, path: '/slow' });
      client.on('error', () => undefined);
      client.end();
      await closed;
    }

    it('counts the request as 499 when no answer was begun', async () => {
      await abortWhen(() => undefined);
      expect(await countOf(labels('GET', '/slow', 499))).toMatch(/ 1$/);
    });

    it('counts the status that was sent when the answer was begun', async () => {
      await abortWhen((response) => response.status(206).write('part'));
      expect(await countOf(labels('GET', '/slow', 206))).toMatch(/ 1$/);
    });
  });

  it("has OpenTelemetry's bucket boundaries", async () => {
    app.get('/quick', (_request, response) => void response.end());
    await supertest(app).get('/quick');
    const bounds = [...(await registry.metrics()).matchAll(/le="([^"]+)"/g)].map((match) => match[1]);
    expect(bounds).toEqual('0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1 2.5 5 7.5 10 +Inf'.split(' '));
  });
});
