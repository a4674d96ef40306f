import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { probeHttp } from './http-probe.ts';

describe('probeHttp', () => {
  const servers: Server[] = [];
  const never = new AbortController().signal;

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(answer: RequestListener): Promise<string> {
    const server = createServer(answer);
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  it('gives the status and the time of each phase', async () => {
    const url = await serve((_request, response) => void response.writeHead(204).end());
    const { status, failure, phaseSeconds } = await probeHttp(url, never);
    expect([status, failure]).toEqual([204, undefined]);
    expect(phaseSeconds.connect).toBeGreaterThan(0);
    expect(phaseSeconds.processing).toBeGreaterThan(0);
    expect([phaseSeconds.resolve, phaseSeconds.tls]).toEqual([0, 0]);
  });

  it('counts the look-up of a name', async () => {
    const url = await serve((_request, response) => void response.end());
    const { phaseSeconds } = await probeHttp(url.replace('127.0.0.1', 'localhost'), never);
    expect(phaseSeconds.resolve).toBeGreaterThan(0);
  });

  it('does not follow redirects', async () => {
    const url = await serve((_request, response) => void response.writeHead(302, { location: '/' }).end());
    expect((await probeHttp(url, never)).status).toBe(302);
  });

  it('has no status when nothing listens', async () => {
    const url = await serve(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    const { status, failure } = await probeHttp(url, never);
    expect(status).toBeUndefined();
    expect(failure).toContain('ECONNREFUSED');
  });

  it('is over at the signal when the server does not answer', async () => {
    const abort = new AbortController();
    const url = await serve(() => abort.abort());
    expect(await probeHttp(url, abort.signal)).toMatchObject({ status: undefined, failure: 'timed out' });
  });

  it('is over at the signal when the answer does not end', async () => {
    const abort = new AbortController();
    const url = await serve((_request, response) => {
      response.writeHead(200).write('a beginning');
      setImmediate(() => abort.abort());
    });
    expect((await probeHttp(url, abort.signal)).failure).toBe('timed out');
  });

  it('fails when the server closes before the answer is whole', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('a beginning');
      setImmediate(() => response.destroy());
    });
    expect(await probeHttp(url, never)).toMatchObject({
      status: 200,
      failure: expect.stringContaining('aborted'),
    });
  });
});
