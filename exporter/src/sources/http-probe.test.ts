import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { probeHttp } from './http-probe.ts';
import { ProbeGuard } from './probe-guard.ts';

const TLS = join(import.meta.dirname, '../../testdata/tls');
const CERTIFICATE = readFileSync(join(TLS, 'server.crt'), 'utf8');

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
    const { status, failure, phaseSeconds } = await probeHttp({ url }, never);
    expect([status, failure]).toEqual([204, undefined]);
    expect(phaseSeconds.connect).toBeGreaterThan(0);
    expect(phaseSeconds.processing).toBeGreaterThan(0);
    expect([phaseSeconds.resolve, phaseSeconds.tls]).toEqual([0, 0]);
  });

  it('counts the look-up of a name', async () => {
    const url = await serve((_request, response) => void response.end());
    const { phaseSeconds } = await probeHttp({ url: url.replace('127.0.0.1', 'localhost') }, never);
    expect(phaseSeconds.resolve).toBeGreaterThan(0);
  });

  it('does not follow redirects', async () => {
    const url = await serve((_request, response) => void response.writeHead(302, { location: '/' }).end());
    expect((await probeHttp({ url }, never)).status).toBe(302);
  });

  it('has no status when nothing listens', async () => {
    const url = await serve(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    const { status, failure } = await probeHttp({ url }, never);
    expect(status).toBeUndefined();
    expect(failure).toContain('ECONNREFUSED');
  });

  it('is over at the signal when the server does not answer', async () => {
    const abort = new AbortController();
    const url = await serve(() => abort.abort());
    expect(await probeHttp({ url }, abort.signal)).toMatchObject({ status: undefined, failure: 'timed out' });
  });

  it('is over at the signal when the answer does not end', async () => {
    const abort = new AbortController();
    const url = await serve((_request, response) => {
      response.writeHead(200).write('a beginning');
      setImmediate(() => abort.abort());
    });
    expect((await probeHttp({ url }, abort.signal)).failure).toBe('timed out');
  });

  it('fails when the server closes before the answer is whole', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('a beginning');
      setImmediate(() => response.destroy());
    });
    expect(await probeHttp({ url }, never)).toMatchObject({
      status: 200,
      failure: expect.stringContaining('aborted'),
    });
  });

  it('sends method, headers and body, and gives the body of the answer', async () => {
    const url = await serve((request, response) => {
      void request.toArray().then((chunks: Buffer[]) => {
        response.end(
          `${request.method!} ${String(request.headers['x-a'])} ${Buffer.concat(chunks).toString()}`,
        );
      });
    });
    const { body } = await probeHttp({ url, method: 'POST', headers: { 'x-a': 'b' }, body: 'sku=1' }, never);
    expect(body).toBe('POST b sku=1');
  });

  it('follows redirects when told to, but not for ever', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/end') response.end('there');
      else response.writeHead(302, { location: request.url === '/' ? '/end' : '/round' }).end();
    });
    const answer = await probeHttp({ url, followsRedirects: true }, never);
    expect(answer).toMatchObject({ status: 200, body: 'there', redirects: 1 });
    const round = await probeHttp({ url: `${url}round`, followsRedirects: true }, never);
    expect(round.failure).toBe('more than 10 redirects');
  });

  it('sends the cookies back that a redirect sets, where they belong', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.cookie);
      response.end('there');
    });
    const url = await serve((request, response) => {
      seen.push(request.headers.cookie);
      const location = request.url === '/' ? '/in' : other.replace('127.0.0.1', 'localhost');
      response
        .writeHead(302, { location, 'set-cookie': ['seen=1; Path=/', 'else=2; Path=/elsewhere'] })
        .end();
    });
    const request = { url, followsRedirects: true, headers: { Cookie: 'own=0' } };
    expect((await probeHttp(request, never)).body).toBe('there');
    expect(seen).toEqual(['own=0', 'own=0; seen=1', undefined]);
  });

  const TEXT = 'all is well. '.repeat(10);

  it.each([
    ['gzip', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['zstd', zstdCompressSync(TEXT)],
    ['deflate, gzip', gzipSync(deflateSync(TEXT))],
    ['identity', Buffer.from(TEXT)],
    ['of-nobody', Buffer.from(TEXT)],
  ])('reads a body with Content-Encoding %s', async (encoding, bytes) => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
    });
    expect(await probeHttp({ url }, never)).toMatchObject({ body: TEXT, failure: undefined });
  });

  it('reads a body in the characters that it names', async () => {
    const url = await serve((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/plain; charset=iso-8859-1' })
        .end(Buffer.from('caf\xe9', 'latin1'));
    });
    expect((await probeHttp({ url }, never)).body).toBe('caf\xe9');
  });

  it.each([
    ['is none', Buffer.from('plain text')],
    ['is cut', gzipSync(TEXT).subarray(0, 20)],
  ])('fails when a compressed body %s', async (_what, bytes) => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes);
    });
    expect((await probeHttp({ url }, never)).failure).toMatch(/incorrect header|unexpected end/);
  });

  it('decompresses no more than it keeps, and still reads to the end', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.concat([bomb, bomb]));
    });
    const { body, failure } = await probeHttp({ url }, never);
    expect([body.length, failure]).toEqual([256 * 1024, undefined]);
  });

  it('follows no redirect off what is allowed, and takes no credentials to another origin', async () => {
    let seen: string | undefined = 'nothing';
    const other = await serve((request, response) => {
      seen = request.headers.authorization;
      response.end();
    });
    const url = await serve((_request, response) => void response.writeHead(302, { location: other }).end());
    const request = { url, followsRedirects: true, headers: { authorization: 'Bearer tiger' } };
    expect((await probeHttp(request, never)).status).toBe(200);
    expect(seen).toBeUndefined();
    seen = 'nothing';
    const limits = new ProbeGuard({ hosts: [], cidrs: ['127.0.0.1'], ports: [Number(new URL(url).port)] });
    const answer = await probeHttp({ ...request, limits }, never);
    expect([answer.failure, seen]).toEqual([`port ${new URL(other).port} is not allowed`, 'nothing']);
  });

  it('does not connect where the name leads to an address that is not allowed', async () => {
    let isAsked = false;
    const url = await serve((_request, response) => {
      isAsked = true;
      response.end();
    });
    const port = Number(new URL(url).port);
    const limits = new ProbeGuard({ hosts: ['localhost'], cidrs: [], ports: [port] });
    const { failure } = await probeHttp({ url: `http://localhost:${port}/`, limits }, never);
    expect([failure, isAsked]).toEqual(['localhost leads to an address that is not allowed', false]);
  });

  it('gives the expiry of the certificate, and fails when it cannot be trusted', async () => {
    const key = readFileSync(join(TLS, 'server.key'), 'utf8');
    const server = createTlsServer({ key, cert: CERTIFICATE }, (_request, response) => void response.end());
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const trusted = await probeHttp({ url, tls: { ca: CERTIFICATE } }, never);
    expect(trusted).toMatchObject({ status: 200, failure: undefined });
    expect(trusted.certificateExpirySeconds).toBeGreaterThan(Date.UTC(2100, 0) / 1000);
    expect(trusted.phaseSeconds.tls).toBeGreaterThan(0);
    expect((await probeHttp({ url }, never)).failure).toContain('self-signed certificate');
    expect((await probeHttp({ url, tls: { verify: false } }, never)).status).toBe(200);
  });
});
