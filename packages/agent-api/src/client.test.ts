import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgentError } from './agent-error.ts';
import { type AgentClient, createAgentClient } from './client.ts';
import type { RequestFor, Schema } from './operations.ts';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

const seen: Seen[] = [];
let answer: (response: ServerResponse, seen: Seen) => void;

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
  request.on('end', () => {
    seen.push({ method: request.method, url: request.url, headers: request.headers, body });
    answer(response, seen.at(-1)!);
  });
});
let url: string;
let agent: AgentClient;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  agent = createAgentClient({ url: `${url}/`, token: 'secret', timeoutMs: 500, maxBytes: 1_000 });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function answers(status: number, body: unknown, headers: Record<string, string> = {}): void {
  answer = (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, headers).end(status === 204 ? undefined : text);
  };
}

const errorOf = (work: Promise<unknown>) =>
  work.then(
    (): never => {
      throw new Error('it succeeded');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(AgentError);
      return error as AgentError;
    },
  );

describe('a request', () => {
  it('fills in the path, writes a list as a repeated parameter, and sends the token', async () => {
    answers(200, { items: [] });
    await agent.get('/api/v1/rules/{name}/explain', {
      path: { name: 'slow api/1' },
      query: { label: ['job=a', 'site=b'] },
    });
    expect(seen.at(-1)).toMatchObject({
      method: 'GET',
      url: '/api/v1/rules/slow%20api%2F1/explain?label=job%3Da&label=site%3Db',
      headers: { authorization: 'Bearer secret' },
    });
  });

  it('carries the precondition and the key of its operation', async () => {
    answers(200, {}, { etag: '"2"' });
    const { etag } = await agent.put('/api/v1/rules/{name}/mode', {
      path: { name: 'slow-api' },
      body: { mode: 'shadow', reason: 'watching it first' },
      ifMatch: '"1"',
    });
    expect(etag).toBe('"2"');
    expect(seen.at(-1)).toMatchObject({
      headers: { 'if-match': '"1"', 'content-type': 'application/json' },
      body: '{"mode":"shadow","reason":"watching it first"}',
    });
    await agent.post('/api/v1/pauses', { body: { reason: 'stocktaking' }, idempotencyKey: 'k1' });
    expect(seen.at(-1)!.headers).toMatchObject({ 'idempotency-key': 'k1' });
  });

  it('sends a rule file as it is', async () => {
    answers(200, { valid: true });
    await agent.post('/api/v1/rules/validate', { body: 'rules: []\n' });
    expect(seen.at(-1)).toMatchObject({
      headers: { 'content-type': 'application/yaml' },
      body: 'rules: []\n',
    });
  });

  it('has no body in its answer where the agent sends none', async () => {
    answers(204, '');
    expect(await agent.delete('/api/v1/pauses/{id}', { path: { id: 'p1' } })).toEqual({
      status: 204,
      body: undefined,
      etag: undefined,
    });
  });

  it('goes through the pages of a list until there is none', async () => {
    answer = (response, { url: asked }) => {
      const cursor = new URL(asked!, url).searchParams.get('cursor');
      const page = cursor === null ? { items: [1, 2], next_cursor: '7' } : { items: [3], next_cursor: null };
      response.end(JSON.stringify(page));
    };
    const items = [];
    for await (const episode of agent.items('/api/v1/episodes', { query: { rule: 'slow-api', limit: 2 } })) {
      items.push(episode satisfies Schema<'Episode'>);
    }
    expect(items).toEqual([1, 2, 3]);
    expect(seen.at(-1)!.url).toBe('/api/v1/episodes?rule=slow-api&limit=2&cursor=7');
  });
});

describe('a request that does not succeed', () => {
  it('rejects with the code, the status and the detail of the problem', async () => {
    const problem = {
      type: 'x',
      status: 409,
      title: 'Not in this state',
      code: 'NOT_WAITING',
      detail: 'e1 waits not',
    };
    answers(409, { ...problem, mistakes: [] });
    const error = await errorOf(agent.post('/api/v1/episodes/{id}/approve', { path: { id: 'e1' } }));
    expect(error).toMatchObject({
      code: 'NOT_WAITING',
      status: 409,
      detail: 'e1 waits not',
      message: 'e1 waits not',
    });
    expect(error.problem).toMatchObject({ mistakes: [] });
  });

  it('says that something else answered, be it a page or JSON', async () => {
    answers(502, '<h1>Bad gateway</h1>');
    const invalid = { code: 'AGENT_ANSWER_INVALID', status: 502 };
    expect(await errorOf(agent.get('/api/v1/leader'))).toMatchObject(invalid);
    answers(502, { message: 'no route' });
    expect(await errorOf(agent.get('/api/v1/leader'))).toMatchObject(invalid);
  });

  it('reads no more than its limit', async () => {
    answer = (response) => {
      const more = (): unknown => response.write('x'.repeat(600)) && response.once('drain', more);
      more();
      more();
    };
    expect(await errorOf(agent.get('/api/v1/rules'))).toMatchObject({
      code: 'AGENT_ANSWER_INVALID',
      detail: 'the answer is larger than 1000 bytes',
    });
  });

  it('waits no longer than its timeout, for the first byte or the last', async () => {
    const late = {
      code: 'AGENT_UNREACHABLE',
      status: undefined,
      detail: `${url} cannot be reached: no answer within 500 ms`,
    };
    answer = () => undefined;
    expect(await errorOf(agent.get('/api/v1/rules'))).toMatchObject(late);
    answer = (response) => response.write('{');
    expect(await errorOf(agent.get('/api/v1/rules'))).toMatchObject(late);
  });

  it('says why nobody can be reached', async () => {
    const nobody = createAgentClient({ url: 'http://127.0.0.1:1' });
    expect((await errorOf(nobody.get('/api/v1/rules'))).detail).toMatch(
      /^http:\/\/127\.0\.0\.1:1 cannot be reached: .+/,
    );
  });

  it('is ended by its caller', async () => {
    answer = () => undefined;
    const ending = new AbortController();
    const error = errorOf(agent.get('/api/v1/rules', { signal: ending.signal }));
    ending.abort(new Error('the page was left'));
    expect((await error).detail).toBe(`${url} cannot be reached: the page was left`);
  });

  it('takes its token to nobody else', async () => {
    answers(302, '', { location: 'http://127.0.0.1:1/' });
    expect(await errorOf(agent.get('/api/v1/rules'))).toMatchObject({ code: 'AGENT_UNREACHABLE' });
  });
});

// Each line would fail to compile if its mistake went unseen.
describe('what the types refuse', () => {
  it('is a path without its value, which is not sent either', async () => {
    const before = seen.length;
    // @ts-expect-error an episode without its id
    await expect(agent.get('/api/v1/episodes/{id}')).rejects.toThrow(
      '/api/v1/episodes/{id} without a value for id',
    );
    expect(seen).toHaveLength(before);
  });

  it('is what the operation does not take, or not without more', async () => {
    answers(200, { items: [] });
    // @ts-expect-error no such parameter
    await agent.get('/api/v1/decisions', { query: { rules: 'slow-api' } });
    // @ts-expect-error no such mode
    const body: RequestFor<'put', '/api/v1/rules/{name}/mode'>['body'] = { mode: 'on', reason: 'x' };
    // @ts-expect-error a change without its precondition
    await agent.put('/api/v1/rules/{name}/mode', { path: { name: 'a' }, body });
    // @ts-expect-error a key where none is taken
    await agent.delete('/api/v1/pauses/{id}', { path: { id: 'p1' }, idempotencyKey: 'k' });
    // @ts-expect-error a stream has no end to wait for
    await agent.get('/api/v1/events');
    // @ts-expect-error a list without pages, of which there is one
    for await (const rule of agent.items('/api/v1/rules')) expect(rule).toBe('none');
    expect(seen.slice(-5).map(({ method, url: asked }) => `${method} ${asked}`)).toEqual([
      'GET /api/v1/decisions?rules=slow-api',
      'PUT /api/v1/rules/a/mode',
      'DELETE /api/v1/pauses/p1',
      'GET /api/v1/events',
      'GET /api/v1/rules',
    ]);
  });

  it('leaves the answers with their own types', async () => {
    answers(200, { items: [{ targets: [{ state: 'idle' }] }] });
    const { body } = await agent.get('/api/v1/rules');
    body.items[0]?.targets[0]?.state satisfies Schema<'TargetState'> | undefined;
    // @ts-expect-error no such member
    expect(body.items[0]?.verdict).toBeUndefined();
  });
});
