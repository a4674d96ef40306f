import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { formatAddress } from '@evenkeel/toolkit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentHarness, TOKENS } from './agent-harness.ts';

let harness: AgentHarness;

beforeEach(async () => {
  harness = await new AgentHarness().start();
});

afterEach(() => harness.stop());

const READS = ['rules', 'facts', 'decisions', 'episodes', 'alerts', 'pauses'];

function payload(overrides: object = {}, alert: object = {}) {
  return {
    version: '4',
    groupKey: '{}:{alertname="SlowApi"}',
    truncatedAlerts: 0,
    status: 'firing',
    receiver: 'evenkeel-agent',
    groupLabels: { alertname: 'SlowApi' },
    externalURL: 'http://127.0.0.1:9093',
    something_new: { from: 'a later version' },
    alerts: [
      {
        status: 'firing',
        labels: { alertname: 'SlowApi', job: 'warehouse' },
        annotations: { summary: 'slow' },
        startsAt: '2026-11-23T12:00:00Z',
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'http://127.0.0.1:9090/graph',
        fingerprint: 'a1b2c3',
        ...alert,
      },
    ],
    ...overrides,
  };
}

function deliver(body: unknown, token = TOKENS.ingest) {
  return harness.request('POST', '/api/v1/alerts', { body, token });
}

/** Says how long a delivery is, and sends none of it. */
async function announce(token: string, bytes: number): Promise<{ status: number | undefined; code: string }> {
  const sent = request(`http://${formatAddress(harness.agent.addresses()[0]!)}/api/v1/alerts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': bytes,
    },
  });
  sent.flushHeaders();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const { code } = JSON.parse(await text(answer)) as { code: string };
  sent.on('error', () => undefined).destroy();
  return { status: answer.statusCode, code };
}

describe('reading', () => {
  it('is open on loopback', async () => {
    for (const name of READS) expect((await harness.get(`/api/v1/${name}`)).status).toBe(200);
  });

  it('needs the token of a reader where the config says so', async () => {
    await harness.stopAgent();
    harness.readsNeedToken = true;
    await harness.startAgent();
    for (const name of [...READS, 'episodes/x']) {
      expect((await harness.get(`/api/v1/${name}`)).status).toBe(401);
      expect((await harness.get(`/api/v1/${name}`, 'wrong')).status).toBe(401);
      expect((await harness.get(`/api/v1/${name}`, TOKENS.ingest)).status).toBe(403);
      expect((await harness.get(`/api/v1/${name}`, TOKENS.viewer)).status).not.toBe(401);
    }
  });

  it('goes page by page', async () => {
    await deliver(
      payload({
        alerts: Array.from({ length: 5 }, (_, n) => ({ ...payload().alerts[0], fingerprint: `f${n}` })),
      }),
    );
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await harness.get(`/api/v1/alerts?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ fingerprint }: { fingerprint: string }) => fingerprint));
      cursor = body.next_cursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(['f4', 'f3', 'f2', 'f1', 'f0']);
  });

  it.each(['limit=0', 'limit=501', 'limit=x', 'cursor=-1'])('refuses %s', async (query) => {
    const answer = await harness.get(`/api/v1/episodes?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'INPUT_INVALID' } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('answers what is not there with a problem', async () => {
    for (const path of ['episodes/none', 'nothing']) {
      expect(await harness.get(`/api/v1/${path}`)).toMatchObject({ status: 404, body: { status: 404 } });
    }
  });
});

describe('pauses', () => {
  const pause = (body: unknown, token?: string) =>
    harness.request('POST', '/api/v1/pauses', { body, ...(token === undefined ? {} : { token }) });

  it('need an operator, even on loopback', async () => {
    expect((await pause({ reason: 'x' })).status).toBe(401);
    expect((await pause({ reason: 'x' }, TOKENS.viewer)).status).toBe(403);
    expect((await pause({ reason: 'x' }, TOKENS.ingest)).status).toBe(403);
    expect((await harness.request('DELETE', '/api/v1/pauses/x')).status).toBe(401);
  });

  it('stop everything until they end, and both ends are journalled with the name of who did it', async () => {
    const created = await pause({ reason: 'stocktaking' }, TOKENS.operator);
    expect(created).toMatchObject({
      status: 201,
      body: { reason: 'stocktaking', created_by: 'the operator', rule: null },
    });
    await harness.cycles(4);
    expect(harness.warehouse.requests).toEqual([]);
    expect(await harness.state()).toMatchObject({
      suppressed_by: 'pause',
      because: 'paused by the operator: stocktaking',
    });

    const location = created.headers.get('location') ?? '';
    expect((await harness.request('DELETE', location, { token: TOKENS.admin })).status).toBe(204);
    expect((await harness.request('DELETE', location, { token: TOKENS.admin })).status).toBe(404);
    await harness.cycle();
    expect(harness.warehouse.applied).toHaveLength(1);
    const rows = await harness.journal.find({ kinds: ['pause_created', 'pause_ended'], limit: 5 });
    expect(rows.map(({ event }) => event)).toMatchObject([
      { endedBy: 'the admin' },
      { pause: { createdBy: 'the operator' } },
    ]);
  });

  it('end by themselves at their time', async () => {
    await pause({ reason: 'deploy', duration: '10s', rule: 'slow-api' }, TOKENS.operator);
    await harness.cycles(4);
    expect(harness.warehouse.requests).toEqual([]);
    await harness.cycles(2);
    expect(harness.warehouse.applied).toHaveLength(1);
    expect(await harness.items('pauses')).toEqual([]);
  });

  it('survive a restart', async () => {
    await pause({ reason: 'stocktaking' }, TOKENS.operator);
    await harness.killAgent();
    await harness.startAgent();
    await harness.cycles(4);
    expect(harness.warehouse.requests).toEqual([]);
  });

  it.each([
    ['no reason', {}],
    ['an unknown key', { reason: 'x', untill: '1h' }],
    ['both ends', { reason: 'x', ends_at: '2026-11-23T13:00:00Z', duration: '1h' }],
    ['no time', { reason: 'x', ends_at: 'tomorrow' }],
    ['no duration', { reason: 'x', duration: '30m1h' }],
    ['a duration that no clock can hold', { reason: 'x', duration: '999999y' }],
    ['an unknown rule', { reason: 'x', rule: 'none' }],
    ['a list', []],
  ])('with %s are refused', async (_what, body) => {
    expect((await pause(body, TOKENS.operator)).status).toBe(422);
  });

  it('that are no JSON are refused without a word about the inside', async () => {
    const answer = await pause('{"reason": ', TOKENS.operator);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|at /);
  });
});

describe("Alertmanager's webhook", () => {
  it('takes a delivery with fields it does not know, and shows the alert', async () => {
    expect(await deliver(payload())).toMatchObject({ status: 200, body: { received: 1, new: 1 } });
    expect(await harness.items('alerts')).toMatchObject([
      {
        status: 'firing',
        name: 'SlowApi',
        labels: { job: 'warehouse' },
        annotations: { summary: 'slow' },
        fingerprint: 'a1b2c3',
      },
    ]);
    expect(await harness.metric('evenkeel_agent_alerts_received_total{status="firing"}')).toBe(1);
  });

  it('writes a repeated delivery once, across restarts too; the end of the alert is another', async () => {
    await deliver(payload());
    expect((await deliver(payload({ receiver: 'again' }))).body).toEqual({ received: 1, new: 0 });
    await harness.stopAgent();
    await harness.startAgent();
    expect((await deliver(payload())).body).toEqual({ received: 1, new: 0 });
    expect((await deliver(payload({}, { status: 'resolved' }))).body).toEqual({ received: 1, new: 1 });
    expect((await deliver(payload({}, { startsAt: '2026-11-23T13:00:00Z' }))).body).toEqual({
      received: 1,
      new: 1,
    });
  });

  it('never acts on an alert: decisions are by facts', async () => {
    harness.seeLatency('0.1');
    await deliver(payload());
    await harness.cycles(5);
    expect(harness.warehouse.requests).toEqual([]);
  });

  it('needs the token of the deliverer', async () => {
    expect((await harness.request('POST', '/api/v1/alerts', { body: payload() })).status).toBe(401);
    expect((await deliver(payload(), TOKENS.admin)).status).toBe(403);
  });

  it('takes what others write that speak like it: no annotations, version 1 of Grafana', async () => {
    expect((await deliver(payload({}, { annotations: null }))).body).toEqual({ received: 1, new: 1 });
    const other = { fingerprint: 'd4' };
    expect((await deliver(payload({ version: '1', orgId: 1 }, other))).body).toEqual({ received: 1, new: 1 });
  });

  it('shows no end of an alert that fires, and how many Alertmanager left out', async () => {
    await deliver(payload({ truncatedAlerts: 30 }));
    await deliver(payload({}, { status: 'resolved', endsAt: '2026-11-23T12:05:00Z' }));
    expect(await harness.items('alerts')).toMatchObject([
      { status: 'resolved', ends_at: '2026-11-23T12:05:00Z', truncated_alerts: 0 },
      { status: 'firing', ends_at: null, truncated_alerts: 30 },
    ]);
    expect(await harness.metric('evenkeel_agent_alerts_truncated_total')).toBe(30);
  });

  it('leaves out an alert that cannot be read, and takes the others', async () => {
    const [good] = payload().alerts;
    const body = payload({ alerts: [{ ...good, labels: { n: 1 } }, good, 7] });
    expect(await deliver(body)).toMatchObject({ status: 200, body: { received: 1, new: 1, refused: 2 } });
    expect(await harness.metric('evenkeel_agent_alerts_refused_total')).toBe(2);
  });

  it('takes a storm, and answers one that is too large so that Alertmanager tries again', async () => {
    const [one] = payload().alerts;
    const alerts = Array.from({ length: 15_000 }, (_, n) => ({
      ...one,
      fingerprint: `s${n}`,
      text: 'x'.repeat(500),
    }));
    expect((await deliver(payload({ alerts }))).body).toEqual({ received: 15_000, new: 15_000 });
    expect(await announce(TOKENS.ingest, 41 * 1024 * 1024)).toMatchObject({
      status: 503,
      code: 'ALERTS_TOO_LARGE',
    });
  });

  it('wants the token before it reads the body', async () => {
    expect(await announce('guessed', 1_000)).toMatchObject({ status: 401, code: 'TOKEN_REQUIRED' });
  });

  it.each([
    ['another version', payload({ version: '5' })],
    ['no alerts', { version: '4', groupKey: 'x' }],
    ['an alert without labels', payload({ alerts: [{ status: 'firing', startsAt: 'x' }] })],
    ['nothing', {}],
  ])('refuses %s', async (_what, body) => {
    expect((await deliver(body)).status).toBe(422);
  });
});

describe('reloading', () => {
  it('takes new rules over, needs an admin, and keeps the old ones when the new are bad', async () => {
    harness.rules = harness.rules.map((rule) => ({ ...rule, name: 'renamed' }));
    expect((await harness.request('POST', '/-/reload', { token: TOKENS.operator })).status).toBe(403);
    expect((await harness.request('POST', '/-/reload', { token: TOKENS.admin })).status).toBe(200);
    expect((await harness.items('rules')).map(({ name }) => name)).toEqual(['renamed']);
    Object.defineProperty(harness, 'rules', {
      get() {
        throw new Error('rules.yml:3:1: error');
      },
    });
    expect(await harness.request('POST', '/-/reload', { token: TOKENS.admin })).toMatchObject({
      status: 422,
      body: { detail: 'rules.yml:3:1: error' },
    });
    expect((await harness.items('rules')).map(({ name }) => name)).toEqual(['renamed']);
    expect(await harness.metric('evenkeel_agent_rules_last_reload_successful')).toBe(0);
  });
});

describe('metrics', () => {
  it('name counters and units as Prometheus wants them', async () => {
    await harness.cycles(3);
    const text = String((await harness.get('/metrics')).body);
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => ({
      name: name!,
      type: type!,
    }));
    expect(types.length).toBeGreaterThan(20);
    for (const { name, type } of types) {
      expect(`${name} ${type} ${name.endsWith('_total')}`).toBe(`${name} ${type} ${type === 'counter'}`);
      expect(text).toMatch(new RegExp(`^# HELP ${name} \\S`, 'm'));
    }
  });

  it('carry no secret, and no label but rule names and fixed words', async () => {
    await harness.cycles(5);
    const text = String((await harness.get('/metrics')).body);
    expect(text).not.toMatch(/secret/);
    expect(text).not.toMatch(/job="warehouse"/);
  });
});
