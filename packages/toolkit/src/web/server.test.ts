import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { silentLogger } from '../logger.ts';
import { Secret } from '../secret.ts';
import { HttpProblem } from './problems.ts';
import { createWebServer, type WebServer, type WebServerOptions } from './server.ts';
import { requireRole, TokenBook } from './tokens.ts';

const tokens = new TokenBook([
  { name: 'ops', role: 'admin', token: new Secret('admin-token') },
  { name: 'wall', role: 'viewer', token: new Secret('viewer-token') },
]);

function server(options: Partial<WebServerOptions> = {}): WebServer {
  return createWebServer({
    name: 'evenkeel test',
    version: '1.2.3',
    description: 'Tests & <things>.',
    logger: silentLogger(),
    ...options,
  });
}

describe('the web server of a daemon', () => {
  it('has a landing page that escapes what it shows', async () => {
    const { text } = await request(server().app).get('/').expect(200).expect('content-type', /html/);
    expect(text).toContain('Tests &#38; &#60;things&#62;.');
    expect(text).toContain('href="/-/healthy"');
  });

  it('is healthy always and ready only when its daemon says so', async () => {
    const { app } = server({ readiness: () => ({ ready: false, reason: 'no facts yet' }) });
    await request(app).get('/-/healthy').expect(200);
    await request(app).get('/-/ready').expect(503, 'evenkeel test is not ready: no facts yet.\n');
  });

  it('answers an unknown path with a problem', async () => {
    const { body } = await request(server().app)
      .get('/nowhere')
      .expect(404)
      .expect('content-type', /problem\+json/);
    expect(body).toMatchObject({ status: 404, code: 'NOT_FOUND', detail: 'there is no GET /nowhere' });
  });

  it('answers malformed JSON with a 400, a problem with itself, and anything unforeseen with a bare 500', async () => {
    const { app } = server({
      mount: (routes) => {
        routes.post('/echo', express.json(), (_request, response) => void response.json({}));
        routes.get('/full', () => {
          throw new HttpProblem({ status: 409, title: 'Conflict', code: 'FULL', extra: { retry: false } });
        });
        routes.get('/broken', () => Promise.reject(new Error('password is hunter2')));
      },
    });
    await request(app).post('/echo').type('json').send('{').expect(400);
    expect((await request(app).get('/full').expect(409)).body).toMatchObject({ code: 'FULL', retry: false });
    expect((await request(app).get('/broken').expect(500)).text).not.toContain('hunter2');
  });
});

describe('reload over HTTP', () => {
  const { app } = server({ reload: { tokens, run: () => Promise.reject(new Error('line 3: unknown key')) } });

  it('needs a known token with the right role', async () => {
    await request(app).post('/-/reload').expect(401).expect('www-authenticate', 'Bearer');
    await request(app).post('/-/reload').set('authorization', 'Bearer guessed').expect(401);
    await request(app).post('/-/reload').set('authorization', 'Bearer viewer-token').expect(403);
  });

  it('says why a reload failed', async () => {
    const { body } = await request(app)
      .post('/-/reload')
      .set('authorization', 'Bearer admin-token')
      .expect(422);
    expect(body).toMatchObject({ code: 'RELOAD_FAILED', detail: 'line 3: unknown key' });
  });

  it('tells a route who calls', async () => {
    const { app: asking } = server({
      mount: (routes) => {
        routes.get(
          '/me',
          requireRole(tokens, ['viewer']),
          (_request, response) => void response.json(response.locals.identity),
        );
      },
    });
    const { body } = await request(asking).get('/me').set('authorization', 'Bearer viewer-token').expect(200);
    expect(body).toEqual({ name: 'wall', role: 'viewer' });
  });
});

describe('listening', () => {
  const blocker = createServer();
  const web = server();
  afterEach(async () => {
    await web.close();
    blocker.close();
  });

  it('names the port, the process and the flag when the port is taken, and holds none of its addresses', async () => {
    blocker.listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const taken = web.listen(
      [
        { host: '127.0.0.1', port: 0 },
        { host: '127.0.0.1', port },
      ],
      '--web.listen-address',
    );
    await expect(taken).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringMatching(new RegExp(`port ${port} is in use by .*\\(pid ${process.pid}\\)`)),
      hint: expect.stringContaining('--web.listen-address'),
    });
  });

  it('takes a free port for port 0 and serves on it', async () => {
    const [address] = await web.listen([{ host: '127.0.0.1', port: 0 }]);
    const response = await fetch(`http://127.0.0.1:${address!.port}/-/healthy`);
    expect(response.status).toBe(200);
  });
});
