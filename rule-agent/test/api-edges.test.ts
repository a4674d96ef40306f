import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { formatAddress, Secret } from '@evenkeel/toolkit';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConfiguredSystem } from '../src/actions/kind.ts';
import { readRules } from '../src/rules/index.ts';
import { RULE } from './agent-home.ts';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { buildRule } from './build.ts';
import { LoopbackServer } from './loopback-server.ts';

let harness: AgentHarness;

beforeEach(() => {
  harness = new AgentHarness();
});

afterEach(() => harness.stop());

const operator = (path: string, body: object, headers: Record<string, string> = {}) =>
  harness.request('POST', `/api/v1${path}`, { token: TOKENS.operator, body, headers });

const base = () => `http://${formatAddress(harness.agent.addresses()[0]!)}`;

describe('a pause', () => {
  beforeEach(() => harness.start());

  it.each([
    ['a leap second', { ends_at: '2026-12-31T23:59:60Z' }],
    ['the 31st of February', { ends_at: '2027-02-31T12:00:00Z' }],
    ['a time that is over', { ends_at: '2020-01-01T00:00:00Z' }],
    ['no time at all', { duration: '0s' }],
    ['more than a year', { duration: '366d' }],
    ['a time in another century', { ends_at: '2126-01-01T00:00:00Z' }],
  ])('does not end at %s', async (_what, end) => {
    expect(await operator('/pauses', { reason: 'x', ...end })).toMatchObject({
      status: 422,
      body: { code: 'INPUT_INVALID', mistakes: [{ field: Object.keys(end)[0] }] },
    });
    expect(await harness.items('pauses')).toEqual([]);
  });

  it('ends on a leap day, in any time zone', async () => {
    const body = { reason: 'x', ends_at: '2026-12-31T23:30:00-05:00' };
    expect(await operator('/pauses', body)).toMatchObject({ body: { ends_at: '2027-01-01T04:30:00.000Z' } });
  });
});

describe('the kill switch', () => {
  beforeEach(() => harness.start());

  it('is said to be engaged by its file at that moment, whatever the last cycle saw', async () => {
    await harness.cycle();
    writeFileSync(harness.stopFile, '');
    const released = await operator('/kill-switch/release', { reason: 'mended' });
    expect((await harness.get('/api/v1/pauses')).body.kill_switch).toMatchObject({ engaged: true });
    expect(released.body).toMatchObject({ engaged: true, because: `the file ${harness.stopFile} exists` });
    rmSync(harness.stopFile);
    expect((await harness.get('/api/v1/kill-switch')).body).toMatchObject({ engaged: false, because: null });
  });
});

describe('a host name that is not ours', () => {
  const statusAs = async (host: string, path: string) => {
    const sent = request(`${base()}${path}`, { headers: { host } }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };

  it('opens neither API nor metrics nor pages on loopback', async () => {
    await harness.start();
    for (const path of ['/api/v1/rules', '/metrics', '/', '/-/healthy']) {
      for (const host of ['localhost:9851', '127.0.0.1', '[::1]:80', 'LOCALHOST']) {
        expect(await statusAs(host, path)).toBe(200);
      }
      for (const host of ['attacker.example', 'localhost.attacker.example:9851', '127.0.0.1.nip.io']) {
        expect(await statusAs(host, path)).toBe(421);
      }
    }
  });

  it('opens them where the configuration names it', async () => {
    harness.allowedHosts = ['agent.example'];
    await harness.start();
    expect(await statusAs('agent.example:443', '/api/v1/rules')).toBe(200);
    expect(await statusAs('localhost', '/api/v1/rules')).toBe(421);
  });
});

describe('a method that a path does not take', () => {
  it.each([
    ['PATCH', '/api/v1/rules', 'GET, POST'],
    ['PUT', '/api/v1/pauses/p1', 'DELETE'],
    ['POST', '/api/v1/facts', 'GET'],
    ['DELETE', '/metrics', 'GET, HEAD'],
    ['GET', '/-/reload', 'POST'],
  ])('is refused with those that it takes: %s %s', async (method, path, allow) => {
    await harness.start();
    const answer = await harness.request(method, path);
    expect(answer).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
    expect(answer.headers.get('allow')).toBe(allow);
  });
});

describe('a reason', () => {
  it.each(['', '   ', '\t'])('has to say something: %j', async (reason) => {
    await harness.start();
    expect(await operator('/rules/slow-api/disable', { reason })).toMatchObject({ status: 422 });
  });
});

describe('an idempotency key', () => {
  it('is that of the route, however it is spelled', async () => {
    await harness.start();
    const spellings = ['/rules/slow-api', '/rules/slow%2Dapi', '/RULES/slow-api', '/rules/%73low-api'];
    const replayed = [];
    for (const path of [...spellings.map((path) => `${path}/disable`), '/rules/slow-api/disable/']) {
      const answer = await operator(path, { reason: 'once' }, { 'idempotency-key': 'k1' });
      expect(answer.status).toBe(200);
      replayed.push(answer.headers.get('idempotent-replayed'));
    }
    expect(replayed).toEqual([null, 'true', 'true', 'true', 'true']);
  });
});

describe('the live feed', () => {
  it('leaves room for others than one client', async () => {
    await harness.start();
    const ending = new AbortController();
    const listen = (token: string) =>
      fetch(`${base()}/api/v1/events`, {
        headers: { authorization: `Bearer ${token}` },
        signal: ending.signal,
      });
    for (let count = 0; count < 10; count++) expect((await listen(TOKENS.viewer)).status).toBe(200);
    const refused = await listen(TOKENS.viewer);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      429,
      'TOO_MANY_LISTENERS',
    ]);
    expect((await listen(TOKENS.operator)).status).toBe(200);
    ending.abort();
  });
});

describe('a rule', () => {
  it('comes with its targets', async () => {
    await harness.start();
    await harness.cycle();
    const { body } = await harness.get('/api/v1/rules/slow-api');
    expect(body).toMatchObject({
      target_count: 1,
      targets: [{ target: { job: 'warehouse' }, state: 'pending' }],
    });
  });

  it('without a priority is called by its name', async () => {
    await harness.start();
    const text = RULE.replace('    priority: 1\n', '');
    const loaded = readRules('rules.yml', text, { systems: {}, env: {} });
    expect(loaded).toMatchObject({
      ok: false,
      diagnostics: expect.arrayContaining([
        expect.objectContaining({
          line: 2,
          message: 'rule slow-api has no priority',
          hint: 'expected one of 1, 2, 3',
        }),
      ]),
    });
  });
});

describe('a revert', () => {
  it('of what cannot be reverted is refused at once, and asked of nobody', async () => {
    const receiver = new LoopbackServer((_request, response) => response.end());
    await receiver.start();
    harness.furtherSystems = { chat: chatAt(receiver.url) };
    harness.rules = [
      buildRule({
        holding: { steadyMs: 0 },
        action: {
          kind: 'notify',
          system: 'chat',
          name: 'message',
          text: 'slow',
          severity: 'info',
        },
      }),
    ];
    await harness.start();
    await harness.cycles(2);
    const [sent] = await harness.items('episodes');
    expect(sent).toMatchObject({ outcome: 'applied' });
    expect(await operator(`/episodes/${sent.id}/revert`, { reason: 'a mistake' })).toMatchObject({
      status: 409,
      body: { code: 'NOT_REVERTIBLE', detail: `${sent.id} cannot be reverted: a message cannot be reverted` },
    });
    await receiver.stop();
  });
});

const chatAt = (url: string): ConfiguredSystem => ({
  kind: 'notify',
  settings: { format: 'webhook', url: new Secret(url), honours_idempotency_key: false },
  timeout: 1_000,
});

describe('a delivery of alerts that hardly comes', () => {
  it('is cut off, and keeps out nobody for long', async () => {
    await harness.start();
    const { port } = new URL(base());
    const slow = connect(Number(port), '127.0.0.1');
    const closed = once(slow, 'close');
    slow.on('error', () => undefined);
    slow.write(
      `POST /api/v1/alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer ${TOKENS.ingest}\r\n` +
        'Content-Length: 1000000\r\n\r\n{"version":"4","alerts":[',
    );
    const drip = setInterval(() => slow.write(' '), 500);
    await closed;
    clearInterval(drip);
    expect(await harness.journal.find({ kinds: ['alert_received'], limit: 1 })).toEqual([]);
  }, 30_000);
});
