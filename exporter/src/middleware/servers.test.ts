import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import fastify, { type FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { type ApiMetrics, apiMetrics } from './api-metrics.ts';
import { routeTemplates } from './node-http.ts';

interface Asked {
  method?: string;
  agent?: Agent;
  headers?: Record<string, string>;
}

/** What every server does: the same requests must give the same series. */
type Serve = (metrics: ApiMetrics) => Promise<{ port: number; close: () => Promise<unknown> }>;

describe('request metrics', () => {
  let registry: Registry;
  let metrics: ApiMetrics;
  let port: number;
  let close: () => Promise<unknown>;

  beforeEach(() => {
    registry = new Registry();
    metrics = apiMetrics({ registry });
  });

  afterEach(() => close());

  async function start(serve: Serve): Promise<void> {
    ({ port, close } = await serve(metrics));
  }

  async function ask(path: string, { method = 'GET', agent, headers = {} }: Asked = {}): Promise<number> {
    const sent = httpRequest({ port, host: '127.0.0.1', path, method, headers, ...(agent && { agent }) });
    sent.end();
    const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
    await text(response);
    return response.statusCode!;
  }

  /** The series that were counted, once as many requests as were sent are. */
  async function counted(requests: number): Promise<Record<string, number>> {
    for (;;) {
      const lines = (await registry.metrics()).matchAll(/_seconds_count\{(.*)\} (\d+)/g);
      const found = [...lines].map(([, labels, count]) => {
        const [method, route, status] = [...labels!.matchAll(/="([^"]*)"/g)].map(([, value]) => value!);
        return [`${method!} ${route!} ${status!}`, Number(count)] as const;
      });
      if (found.reduce((sum, [, count]) => sum + count, 0) >= requests) return Object.fromEntries(found);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async function active(): Promise<number[]> {
    const lines = (await registry.metrics()).matchAll(/^http_server_active_requests\{.*\} (\d+)/gm);
    return [...lines].map(([, count]) => Number(count));
  }

  describe.each([
    ['a wrapped handler of node:http', serveHandler],
    ['a watched server of node:http', serveWatched],
    ['fastify', serveFastify],
    ['express', serveExpress],
  ] satisfies [string, Serve][])('of %s', (_, serve) => {
    beforeEach(() => start(serve));

    it('have the method, the template and the status', async () => {
      await ask('/products/22423?size=2');
      await ask('/products/85048');
      await ask('/orders', { method: 'POST' });
      await ask('/nowhere/else');
      await ask('/.env', { method: 'PROPFIND' });
      expect(await counted(5)).toEqual({
        'GET /products/:sku 200': 2,
        'POST /orders 201': 1,
        'GET unmatched 404': 1,
        '_OTHER unmatched 404': 1,
      });
      expect((await active()).every((count) => count === 0)).toBe(true);
    });

    it('count HEAD as what it is', async () => {
      expect(await ask('/products/22423', { method: 'HEAD' })).toBe(200);
      expect(await counted(1)).toEqual({ 'HEAD /products/:sku 200': 1 });
    });

    it('keep the route of a handler that fails', async () => {
      expect(await ask('/broken')).toBe(500);
      expect(await counted(1)).toEqual({ 'GET /broken 500': 1 });
    });

    it('count each request of a connection that is kept', async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let time = 0; time < 3; time++) await ask('/products/1', { agent });
      agent.destroy();
      expect(await counted(3)).toEqual({ 'GET /products/:sku 200': 3 });
    });

    it.each([
      ['499 when the client goes before the answer is begun', '/never', 499],
      ['the status that was sent when it goes in the middle', '/half', 206],
    ])('have %s', async (_what, path, status) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`GET ${path} HTTP/1.1\r\nhost: shop\r\n\r\n`);
      if (status === 206) await once(socket, 'data');
      else while (!(await active()).includes(1)) await new Promise((resolve) => setTimeout(resolve, 5));
      socket.destroy();
      expect(await counted(1)).toEqual({ [`GET ${path} ${status}`]: 1 });
      expect(await active()).toEqual([0]);
    });

    it('leave out what becomes another protocol', async () => {
      const socket = connect(port, '127.0.0.1');
      socket.write('GET /socket HTTP/1.1\r\nhost: shop\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
      const [answer] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(answer.toString()).toMatch(/^HTTP\/1.1 101 /);
      await ask('/orders', { method: 'POST' });
      expect(await counted(1)).toEqual({ 'POST /orders 201': 1 });
    });
  });

  it('pass over a mistake in naming a route', async () => {
    await start(async (own) =>
      listen(
        createServer(
          own.wrapHandler(answer, () => {
            throw new Error('no name');
          }),
        ),
      ),
    );
    expect(await ask('/products/1')).toBe(200);
    expect(await counted(1)).toEqual({ 'GET unmatched 200': 1 });
  });

  it('take the name that the handler left on the request', async () => {
    const names = new WeakMap<object, string>();
    await start(async (own) => {
      const handler: RequestListener = (request, response) => {
        names.set(request, 'checkout');
        response.end();
      };
      return listen(createServer(own.wrapHandler(handler, (request) => names.get(request))));
    });
    await ask('/whatever/7');
    expect(await counted(1)).toEqual({ 'GET checkout 200': 1 });
  });

  it('have the prefix of a fastify plugin in the route, and see its routes', async () => {
    await start(async (own) => {
      const app = fastify();
      await app.register(own.fastify);
      await app.register(
        async (inner) => {
          inner.get('/stock/:sku', async () => 'some');
        },
        { prefix: '/api/v1' },
      );
      return listenFastify(app);
    });
    await ask('/api/v1/stock/22423');
    expect(await counted(1)).toEqual({ 'GET /api/v1/stock/:sku 200': 1 });
  });
});

const TEMPLATES = ['/products/:sku', '/orders', '/broken', '/never', '/half'];

const answer: RequestListener = (request, response) => {
  const { url = '', method } = request;
  if (url.startsWith('/products/')) response.end('a product');
  else if (url === '/orders' && method === 'POST') response.writeHead(201).end();
  else if (url === '/broken') response.writeHead(500).end();
  else if (url === '/half') response.writeHead(206).write('part');
  else if (url !== '/never') response.writeHead(404).end();
};

async function serveHandler(metrics: ApiMetrics) {
  return listen(createServer(metrics.wrapHandler(answer, routeTemplates(TEMPLATES))));
}

async function serveWatched(metrics: ApiMetrics) {
  const server = createServer(answer);
  metrics.watchServer(server, routeTemplates(TEMPLATES));
  return listen(server);
}

async function serveFastify(metrics: ApiMetrics) {
  const app = fastify();
  await app.register(metrics.fastify);
  app.get('/products/:sku', async () => 'a product');
  app.post('/orders', async (_request, reply) => reply.code(201).send());
  app.get('/broken', async () => Promise.reject(new Error('out of order')));
  app.get('/never', (_request, reply) => void reply.hijack());
  app.get('/half', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(206).write('part');
  });
  return listenFastify(app);
}

async function serveExpress(metrics: ApiMetrics) {
  const app = express();
  app.use(metrics.middleware);
  app.get('/products/:sku', (_request, response) => void response.send('a product'));
  app.post('/orders', (_request, response) => void response.status(201).end());
  app.get('/broken', async () => Promise.reject(new Error('out of order')));
  app.get('/never', () => undefined);
  app.get('/half', (_request, response) => void response.status(206).write('part'));
  // Express prints what fails otherwise.
  app.set('env', 'test');
  return listen(createServer(app as RequestListener));
}

async function listenFastify(app: FastifyInstance) {
  acceptUpgrades(app.server);
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
}

async function listen(server: Server) {
  acceptUpgrades(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { port: (server.address() as AddressInfo).port, close };
}

function acceptUpgrades(server: Server): void {
  server.on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  });
}
