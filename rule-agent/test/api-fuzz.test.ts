import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLogger, formatAddress, Secret, TokenBook } from '@evenkeel/toolkit';
import { isLongRun, tries } from '@evenkeel/toolkit/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Pool } from 'undici';
import { readContract } from '../src/api/contract.ts';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { ATTACKS, cutTo, JSON_ATTACKS } from './attack-bodies.ts';

/** Cases that go through the whole server; the ones below that need none of it are counted on top. */
const BODIES = tries(4_000);
const WEBHOOKS = tries(3_000);
const QUERIES = tries(2_000);
const HEADERS = tries(1_000);
const TOKENS_TRIED = tries(3_000);

const SECRETS = [...Object.values(TOKENS), 'warehouse-secret'];

let harness: AgentHarness;
let pool: Pool;
const log: string[] = [];

beforeAll(async () => {
  harness = new AgentHarness();
  harness.logger = createLogger({
    ...{ name: 'agent', level: 'debug', format: 'json' },
    destination: { write: (line: string) => void log.push(line) },
  });
  await harness.start();
  await harness.cycles(4);
  pool = new Pool(`http://${formatAddress(harness.agent.addresses()[0]!)}`, { connections: 8 });
});

afterAll(async () => {
  await pool.close();
  await harness.stop();
});

interface Sent {
  method: string;
  path: string;
  token?: string;
  body?: string;
  type?: string;
  headers?: Record<string, string>;
}

/** No crash, no 500, errors as problems, and no secret in what comes back. */
async function sendAndCheck({ method, path, token, body, type = 'application/json', headers }: Sent) {
  const response = await pool.request({
    method: method,
    path,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': type }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.body.text();
  expect(response.statusCode).toBeLessThan(500);
  if (response.statusCode >= 400) {
    expect(JSON.parse(text)).toMatchObject({ status: response.statusCode, code: expect.any(String) });
  }
  for (const secret of SECRETS) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/node_modules|\.ts:\d/);
  return { status: response.statusCode, length: text.length };
}

const { operations } = readContract();
const answering = operations.filter(({ id }) => id !== 'streamEvents');
const writing = answering.filter(({ method }) => method !== 'get');

const segment = fc.oneof(
  fc.constantFrom('slow-api', 'none', '__proto__', '..', '%', '%00', '%2e%2e', 'a'.repeat(400)),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => {
    try {
      return encodeURIComponent(text) || 'x';
    } catch {
      return '%ED%A0%80';
    }
  }),
);

const roles = fc.constantFrom('viewer', 'operator', 'admin', 'ingest');

/** Keys that the API knows, with values that it may not. */
const nearlyRight = fc.dictionary(
  fc.constantFrom(
    'reason',
    'rule',
    'duration',
    'ends_at',
    'mode',
    'name',
    'role',
    'expires_in',
    'target',
    '__proto__',
  ),
  fc.oneof(
    fc.constantFrom('slow-api', '1h', '9'.repeat(40) + 'd', 'auto', 'admin', 'off', '2026-11-23T13:00:00Z'),
    fc.jsonValue(),
  ),
  { maxKeys: 4 },
);

/** What is taken, were it sent by an admin to the right place: the fuzz is about what comes close to it. */
const RIGHT = [
  { method: 'POST', path: '/api/v1/pauses', body: { reason: 'x' } },
  { method: 'PUT', path: '/api/v1/rules/slow-api/mode', body: { reason: 'x', mode: 'auto' } },
  { method: 'POST', path: '/api/v1/tokens', body: { name: 'x', role: 'viewer' } },
];
const bodies = fc.oneof(
  fc
    .oneof(fc.constantFrom(...RIGHT.map(({ body }) => body)), nearlyRight)
    .map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string({ unit: 'binary' }),
);

const alert = fc.record(
  {
    status: fc.oneof(fc.constantFrom('firing', 'resolved'), fc.jsonValue()),
    labels: fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.jsonValue()),
    annotations: fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.jsonValue()),
    startsAt: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
    endsAt: fc.jsonValue(),
    fingerprint: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
    later: fc.jsonValue(),
  },
  { requiredKeys: ['status', 'labels', 'startsAt'] },
);

const payload = fc.record(
  {
    version: fc.oneof({ weight: 9, arbitrary: fc.constant('4') }, { weight: 1, arbitrary: fc.jsonValue() }),
    groupKey: fc.oneof({ weight: 9, arbitrary: fc.string() }, { weight: 1, arbitrary: fc.jsonValue() }),
    receiver: fc.string(),
    alerts: fc.array(alert, { maxLength: 5 }),
    later: fc.jsonValue(),
  },
  { requiredKeys: ['version', 'groupKey', 'alerts'] },
);

/** As long as a body may be; a character more is answered with 413. */
const LENGTH = 65_536;

/**
 * How long a body may hold the event loop here, in the best of three tries. On a quiet machine it is under 50 ms; this is wide
 * enough for one that is busy, and narrow enough for all that took seconds to minutes before.
 */
const LONGEST_HOLD_MS = 250;
const TRIES = 3;

/** All kinds in the long run, every sixth otherwise: in attack-bodies.test.ts all are read every time. */
const SENT = Object.entries(ATTACKS).filter((_, index) => isLongRun() || index % 6 === 0);

async function expectShortHold(send: () => Promise<unknown>): Promise<void> {
  const held: number[] = [];
  while (held.length < TRIES && !(Math.min(...held) < LONGEST_HOLD_MS)) {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await send();
    delay.disable();
    held.push(delay.max / 1e6);
  }
  expect(Math.min(...held)).toBeLessThan(LONGEST_HOLD_MS);
}

describe('whatever costs much', () => {
  const asRules = { method: 'POST', path: '/api/v1/rules/validate', type: 'application/yaml' };

  it.each(SENT)('as a rule file: %s', async (_name, makeText) => {
    await expectShortHold(async () => {
      const sent = { ...asRules, token: TOKENS.viewer, body: cutTo(LENGTH, makeText(LENGTH)) };
      const { length } = await sendAndCheck(sent);
      expect(length).toBeLessThan(LENGTH);
    });
  });

  it('as a rule that is to be in force', async () => {
    const sent = { ...asRules, path: '/api/v1/rules', token: TOKENS.admin };
    for (const name of [
      'keys without end in a rule',
      'comparisons without end',
      'time windows that never come',
    ]) {
      await expectShortHold(() => sendAndCheck({ ...sent, body: cutTo(LENGTH, ATTACKS[name]!(LENGTH)) }));
    }
  });

  it.each(Object.entries(JSON_ATTACKS))('as the body of any change: %s', async (_name, makeText) => {
    const body = makeText(LENGTH);
    for (const { method, path } of writing.filter((one) => one.method !== 'delete')) {
      await expectShortHold(async () => {
        const { length } = await sendAndCheck({
          ...{ method: method.toUpperCase(), path: path.replace(/\{\w+\}/, 'slow-api'), body },
          token: path === '/api/v1/alerts' ? TOKENS.ingest : TOKENS.admin,
          headers: { 'if-match': '*', 'idempotency-key': 'again' },
        });
        expect(length).toBeLessThan(LENGTH);
      });
    }
  });

  it('one byte too long', async () => {
    const sent = { ...asRules, token: TOKENS.viewer };
    expect((await sendAndCheck({ ...sent, body: ' '.repeat(LENGTH + 1) })).status).toBe(413);
  });

  it('by one caller at the same time: two are read, the others are told to wait', async () => {
    const sent = { ...asRules, token: TOKENS.viewer };
    // A body that takes a while: of a short one, the first might be read before the last has come.
    const body = cutTo(LENGTH, ATTACKS['comparisons without end']!(LENGTH));
    const all = await Promise.all(Array.from({ length: 6 }, () => sendAndCheck({ ...sent, body })));
    const statuses = all.map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses).toContain(429);
    expect((await sendAndCheck({ ...sent, body: 'rules: []' })).status).toBe(200);
  });
});

describe('whatever is sent', () => {
  it('as path and body of a change', async () => {
    for (const { method, path, body } of RIGHT) {
      const headers = { 'if-match': '*' };
      const sent = { method, path, token: TOKENS.admin, headers, body: JSON.stringify(body) };
      expect({ path, status: (await sendAndCheck(sent)).status }).toMatchObject({
        path,
        status: path.includes('mode') ? 200 : 201,
      });
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...writing),
        fc.record({
          segment,
          body: bodies,
          role: roles,
          type: fc.constantFrom('application/json', 'application/yaml', 'text/plain'),
        }),
        async ({ method, path }, given) => {
          await sendAndCheck({
            method: method.toUpperCase(),
            path: path.replace(/\{\w+\}/, given.segment),
            token: TOKENS[given.role],
            type: path.startsWith('/api/v1/rules') ? given.type : 'application/json',
            headers: { 'if-match': '*' },
            ...(method !== 'delete' && { body: given.body }),
          });
        },
      ),
      { numRuns: BODIES },
    );
  }, 300_000);

  it("as Alertmanager's payload", async () => {
    const send = (body: unknown) =>
      sendAndCheck({
        method: 'POST',
        path: '/api/v1/alerts',
        token: TOKENS.ingest,
        body: JSON.stringify(body),
      });
    const alerts = [{ status: 'firing', labels: { alertname: 'A' }, startsAt: '2026-11-23T12:00:00Z' }];
    expect((await send({ version: '4', groupKey: 'x', alerts })).status).toBe(200);
    await fc.assert(
      fc.asyncProperty(payload, async (body) => {
        await send(body);
      }),
      { numRuns: WEBHOOKS },
    );
  }, 300_000);

  it('as a query string', async () => {
    const name = fc.oneof(
      fc.constantFrom('limit', 'cursor', 'rule', 'label', 'last', 'after'),
      fc.webQueryParameters(),
    );
    const query = fc
      .array(
        fc.tuple(
          name,
          fc.oneof(fc.constantFrom('1', '-1', '1e99', '7d', 'job=x', '%'), fc.webQueryParameters()),
        ),
      )
      .map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('&'));
    const reading = answering.filter(({ method }) => method === 'get');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...reading), segment, query, async ({ path }, given, text) => {
        await sendAndCheck({
          method: 'GET',
          path: `${path.replace(/\{\w+\}/, given)}?${text}`,
          token: TOKENS.admin,
        });
      }),
      { numRuns: QUERIES },
    );
  }, 300_000);

  it('as a header opens nothing', async () => {
    const name = fc.constantFrom(
      'authorization',
      'if-match',
      'idempotency-key',
      'x-forwarded-for',
      'cookie',
      'content-encoding',
    );
    const bearer = fc.constantFrom('Bearer ', 'bearer', 'Basic ', 'Bearer Bearer ', '');
    // What a client can send at all: undici refuses other characters before they leave.
    const text = fc.string({
      unit: fc
        .integer({ min: 0x20, max: 0xff })
        .filter((code) => code !== 0x7f)
        .map((code) => String.fromCharCode(code)),
      maxLength: 60,
    });
    const value = fc
      .tuple(bearer, fc.oneof(text, fc.constantFrom(...Object.values(TOKENS).map((token) => token.slice(1)))))
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...writing),
        fc.dictionary(name, value, { maxKeys: 3 }),
        async ({ method, path }, headers) => {
          const { status } = await sendAndCheck({
            ...{ method: method.toUpperCase(), path: path.replace(/\{\w+\}/, 'slow-api'), headers },
            ...(method !== 'delete' && { body: '{}' }),
          });
          expect(status).toBeGreaterThanOrEqual(400);
        },
      ),
      { numRuns: HEADERS },
    );
  }, 300_000);

  it('as a token opens nothing', () => {
    const book = new TokenBook([{ name: 'a', role: 'admin', token: new Secret('admin-secret') }]);
    const near = fc.constantFrom('admin-secre', 'admin-secret ', 'Admin-secret', '', 'ekt_');
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary' }), fc.base64String()), (token) => {
        expect(book.identify(token)).toBeUndefined();
      }),
      { numRuns: TOKENS_TRIED },
    );
    expect(book.identify('admin-secret')).toEqual({ name: 'a', role: 'admin' });
  });

  it('leaves the agent well, its journal whole, and no secret in its log', async () => {
    expect((await harness.get('/-/healthy')).status).toBe(200);
    expect(await harness.journal.verifyChain()).toMatchObject({ intact: true });
    const text = log.join('');
    expect(text).toContain('alert');
    for (const secret of SECRETS) expect(text).not.toContain(secret);
    expect(text).not.toContain('request failed');
    expect(text).not.toMatch(/ekt_[\w-]{20}/);
  });
});
