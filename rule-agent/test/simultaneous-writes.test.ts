import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Journal } from '../src/journal/index.ts';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { buildRule } from './build.ts';

const WRITERS = 12;

let harness: AgentHarness;

beforeEach(async () => {
  harness = await new AgentHarness().start();
  await harness.stopAgent();
  await harness.startAgent(slow);
});

afterEach(() => harness.stop());

/** As a journal beyond a network: others come in while one is being written. */
function slow(journal: Journal): Journal {
  return {
    ...journal,
    async append(...args) {
      await sleep(5);
      return journal.append(...args);
    },
  };
}

const RULE = `rules:
  - name: night-shift
    description: Requests are slow at night.
    priority: 1
    mode: 'off'
    target: { by: [job], match: { job: warehouse } }
    facts: { latency: { signal: api_latency_p95_seconds } }
    when: { all: [{ fact: latency, operator: greaterThan, value: 1 }] }
    action: { knob: { system: warehouse, name: cache_ttl, set: 120 } }
    expect: { signal: api_latency_p95_seconds, direction: lower }
    when_learning: act
`;

interface Write {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The same request from many at once; gives how many got each status. */
async function statusesOf(write: Write | ((index: number) => Write)): Promise<Record<number, number>> {
  const answers = await Promise.all(
    Array.from({ length: WRITERS }, (_, index) => {
      const { method, path, ...rest } = typeof write === 'function' ? write(index) : write;
      return sentUntilTaken(() =>
        harness.request(method, `/api/v1${path}`, { token: TOKENS.admin, ...rest }),
      );
    }),
  );
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Rules are checked a few at a time: whoever is told so asks again, as a client would. */
async function sentUntilTaken<Response extends { status: number }>(
  send: () => Promise<Response>,
): Promise<Response> {
  for (;;) {
    const response = await send();
    if (response.status !== 429 && response.status !== 503) return response;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('one token of a name is made, whoever asks for it at the same time', async () => {
  const body = { name: 'anna', role: 'viewer' };
  expect(await statusesOf({ method: 'POST', path: '/tokens', body })).toEqual({ 201: 1, 409: WRITERS - 1 });
});

it('one rule of a name is made', async () => {
  const headers = { 'content-type': 'application/yaml' };
  const made = await statusesOf({ method: 'POST', path: '/rules', body: RULE, headers });
  expect(made).toEqual({ 201: 1, 409: WRITERS - 1 });
});

it('one change of a rule is made by those who have seen the same version of it', async () => {
  const etag = (await harness.get('/api/v1/rules/slow-api')).headers.get('etag')!;
  const changed = await statusesOf((index) => ({
    method: 'PUT',
    path: '/rules/slow-api/mode',
    body: { mode: index % 2 === 0 ? 'shadow' : 'off', reason: 'a test' },
    headers: { 'if-match': etag },
  }));
  expect(changed).toEqual({ 200: 1, 412: WRITERS - 1 });
});

it('one end is made of a pause', async () => {
  const pause = { token: TOKENS.admin, body: { reason: 'stocktaking' } };
  const { body } = await harness.request('POST', '/api/v1/pauses', pause);
  expect(await statusesOf({ method: 'DELETE', path: `/pauses/${body.id}` })).toEqual({
    204: 1,
    404: WRITERS - 1,
  });
});

describe('a revert', () => {
  const refused: object[] = [];

  beforeEach(async () => {
    const slowly = { ...buildRule().expect, settleMs: 600_000 };
    harness.rules = [buildRule({ holding: { steadyMs: 0 }, expect: slowly })];
    await harness.agent.reload();
    await harness.cycles(2);
    refused.length = 0;
  });

  async function revert(id: string, reason: string): Promise<number> {
    const wish = { token: TOKENS.operator, body: { reason } };
    const { status, body } = await harness.request('POST', `/api/v1/episodes/${id}/revert`, wish);
    if (status !== 202) refused.push(body as object);
    return status;
  }

  it('is asked for by one of many; the others are told who was first, and why', async () => {
    const [{ id }] = await harness.items('episodes');
    const statuses = await Promise.all(
      Array.from({ length: WRITERS }, (_, index) => revert(id, `reason ${index}`)),
    );
    expect(statuses.toSorted()).toEqual([202, ...Array<number>(WRITERS - 1).fill(409)]);
    const first = `asked by the operator at 2026-11-23T12:00:04.000Z: reason ${statuses.indexOf(202)}`;
    for (const problem of refused) {
      expect(problem).toMatchObject({ code: 'REVERT_PENDING', detail: expect.stringContaining(first) });
    }
  });

  it('is not asked for again by who looked before it was done, and comes after', async () => {
    const [{ id }] = await harness.items('episodes');
    const done = Promise.withResolvers<void>();
    let looks = 0;
    const find = harness.journal.find.bind(harness.journal);
    harness.journal.find = async (query) => {
      const found = await find(query);
      // The second one looks at once, and has its rows when all is over.
      if (query.episode === id && ++looks === 2) await done.promise;
      return found;
    };
    const statuses = [revert(id, 'stale prices'), revert(id, 'stale prices, too')];
    expect(await statuses[0]).toBe(202);
    await harness.cycle();
    expect(harness.warehouse.value).toBe(2);
    done.resolve();
    expect([await statuses[1], refused]).toEqual([
      409,
      [expect.objectContaining({ code: 'REVERTED_ALREADY' })],
    ]);
  });
});

it('one of many takes a decision that waits for a person', async () => {
  harness.rules = [buildRule({ mode: 'approve', holding: { steadyMs: 0 } })];
  await harness.agent.reload();
  await harness.cycles(3);
  const [{ episode }] = await harness.items('approvals');
  const rejected = await statusesOf({
    method: 'POST',
    path: `/episodes/${episode}/reject`,
    body: { reason: 'not now' },
  });
  expect(rejected[204]).toBe(1);
});
