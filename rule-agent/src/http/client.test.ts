import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHttpClient, type HttpClient } from './client.ts';

let server: Server | undefined;
let client: HttpClient | undefined;

afterEach(async () => {
  await client?.close();
  server?.closeAllConnections();
  server?.close();
});

async function ask(handler: RequestListener, limits = { timeoutMs: 2_000, maxBytes: 1_000 }) {
  server = createServer(handler);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  client = createHttpClient(limits);
  const { port } = server.address() as AddressInfo;
  return client.send({ method: 'GET', url: `http://127.0.0.1:${port}/` });
}

describe('the HTTP client', () => {
  it('gives status, headers and text, whatever the status', async () => {
    const answer = await ask((_request, response) => response.writeHead(418, { etag: '"1"' }).end('tea'));
    expect(answer).toMatchObject({ kind: 'answered', status: 418, text: 'tea', headers: { etag: '"1"' } });
  });

  it('follows no redirect: the one it was sent to might be anyone', async () => {
    const answer = await ask((_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    );
    expect(answer).toMatchObject({ kind: 'answered', status: 302 });
  });

  it('waits for the whole answer no longer than it was told', async () => {
    const answer = await ask((_request, response) => response.write('never done'), {
      timeoutMs: 50,
      maxBytes: 1_000,
    });
    expect(answer).toEqual({ kind: 'failed', limit: 'time', because: 'no answer within 50 ms' });
  });

  it('reads no more than it was told', async () => {
    const answer = await ask((_request, response) => response.end('x'.repeat(2_000)));
    expect(answer).toEqual({
      kind: 'failed',
      limit: 'size',
      because: 'the answer is larger than 1000 bytes',
    });
  });

  it('says that nobody listens', async () => {
    client = createHttpClient({ timeoutMs: 1_000, maxBytes: 1_000 });
    expect(await client.send({ method: 'GET', url: 'http://127.0.0.1:1/' })).toEqual({
      kind: 'failed',
      because: 'connection refused',
    });
  });

  it('makes an answer of a connection that breaks', async () => {
    const answer = await ask((request) => request.socket.destroy());
    expect(answer.kind).toBe('failed');
  });
});
