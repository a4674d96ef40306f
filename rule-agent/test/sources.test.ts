import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '@evenkeel/toolkit';
import { AgentHarness } from './agent-harness.ts';
import { buildRule } from './build.ts';
import { FakePrometheus, type PrometheusFault } from './fake-prometheus.ts';

const LATENCY = 'api_latency_p95_seconds';

let harness: AgentHarness;
let second: FakePrometheus;

/** Two endpoints that hold different values: what is read tells where it was read. */
beforeEach(async () => {
  harness = new AgentHarness();
  second = new FakePrometheus(() => harness.clock.now());
  await second.start();
  second.signals = [{ signal: LATENCY, labels: { job: 'warehouse' }, value: '0.2' }];
  harness.furtherEndpoints = [
    {
      name: 'second',
      url: second.url,
      tenant: 'warehouse',
      headers: { 'X-Query-Source': 'evenkeel' },
      basic_auth: { username: 'eve', password: new Secret('open sesame') },
    },
  ];
  harness.rules = [
    buildRule({
      mode: 'shadow',
      target: { by: ['job'], match: { job: 'warehouse' } },
      facts: {
        latency: { signal: LATENCY },
        queue: { promql: 'orders_queued' },
        busy: { promql: 'busy{job="${target.job}"}' },
      },
    }),
  ];
  await harness.start();
});

afterEach(async () => {
  await harness.stop();
  await second.stop();
});

async function readFrom(): Promise<{ endpoint: string; value: number | null }> {
  const { body } = await harness.get('/api/v1/facts');
  const latency = body.items.find(({ name }: { name: string }) => name === 'latency');
  return { endpoint: body.read_from, value: latency.value };
}

async function health(name: string): Promise<Record<string, unknown>> {
  return (await harness.items('sources')).find((source) => source.name === name)!;
}

/** The endpoints that are not read from are looked at beside the cycles. */
async function untilHealth(name: string, expected: string): Promise<void> {
  while ((await health(name)).health !== expected) await harness.cycle();
}

describe('of several endpoints', () => {
  it('the preferred one is read, and the others are looked at', async () => {
    expect(await health('second')).toMatchObject({ health: 'unknown', looked_at: null });
    await harness.cycle();
    expect(await readFrom()).toEqual({ endpoint: 'first', value: 3 });
    await untilHealth('second', 'sound');
    expect(await harness.items('sources')).toMatchObject([
      { name: 'first', active: true, health: 'sound', because: null, clock_skew_seconds: 0 },
      { name: 'second', active: false, health: 'sound', url: second.url },
    ]);
    expect(second.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('eve:open sesame').toString('base64')}`,
      'x-scope-orgid': 'warehouse',
      'x-query-source': 'evenkeel',
    });
    expect(new Set(second.queries).size).toBe(1);
  });

  it.each<[string, PrometheusFault, string]>([
    ['answers 500', 'status_500', 'server_error'],
    ['does not answer in time', 'hangs', 'timeout'],
    ['answers with warnings', 'warns', 'partial'],
    ['calls its answer partial', 'partial', 'partial'],
    ['answers nonsense', 'html', 'nonsense'],
    ['does not let us in', 'no_access', 'no_access'],
  ])('one that %s is left within the cycle', async (_what, fault, reason) => {
    await harness.cycle();
    harness.prometheus.fault = fault;
    await harness.cycle();
    expect(await readFrom()).toEqual({ endpoint: 'second', value: 0.2 });
    expect((await health('first')).health).toBe('failing');
    const failures = `evenkeel_agent_prometheus_failures_total{endpoint="first",reason="${reason}"}`;
    expect(await harness.metric(failures)).toBeGreaterThanOrEqual(1);
    expect(await harness.metric('evenkeel_agent_prometheus_up{endpoint="first"}')).toBe(0);
    expect(await harness.metric('evenkeel_agent_prometheus_active{endpoint="second"}')).toBe(1);
    expect(await harness.metric('evenkeel_agent_prometheus_active{endpoint="first"}')).toBe(0);
    expect(await harness.metric('evenkeel_agent_prometheus_failovers_total')).toBe(1);
    expect(await harness.metric('evenkeel_agent_cycles_total{outcome="facts_failed"}')).toBe(0);
  });

  it('one that is down, or whose data stand still, is left; all of a cycle comes from the other', async () => {
    await harness.cycle();
    harness.seeLatency('3', 31_000);
    second.queries = [];
    await harness.cycle();
    expect(await readFrom()).toEqual({ endpoint: 'second', value: 0.2 });
    expect(await health('first')).toMatchObject({
      health: 'degraded',
      because: 'no signal is recorded any more',
    });
    expect(second.queries.slice(-2)).toEqual(['orders_queued', 'busy{job="warehouse"}']);
    await harness.prometheus.stop();
    harness.prometheus.queries = [];
    await untilHealth('first', 'failing');
    expect(await readFrom()).toEqual({ endpoint: 'second', value: 0.2 });
    expect(harness.prometheus.queries).toEqual([]);
  });

  it('the preferred one comes back once it has been well for a while', async () => {
    harness.prometheus.fault = 'status_500';
    await harness.cycle();
    expect((await readFrom()).endpoint).toBe('second');
    harness.prometheus.fault = 'none';
    await untilHealth('first', 'sound');
    expect((await readFrom()).endpoint).toBe('second');
    const soundAtMs = harness.clock.now();
    while ((await readFrom()).endpoint === 'second') await harness.cycle();
    expect(harness.clock.now() - soundAtMs).toBeGreaterThanOrEqual(18_000);
    expect(harness.clock.now() - soundAtMs).toBeLessThanOrEqual(22_000);
    expect((await readFrom()).value).toBe(3);
  });

  it('that all fail, nothing is known, and the first that recovers is read at once', async () => {
    harness.prometheus.fault = 'status_500';
    second.fault = 'status_500';
    await harness.cycles(3);
    expect(await readFrom()).toEqual({ endpoint: 'first', value: null });
    expect(await harness.metric('evenkeel_agent_cycles_total{outcome="facts_failed"}')).toBe(3);
    second.fault = 'none';
    await untilHealth('second', 'sound');
    await harness.cycle();
    expect(await readFrom()).toEqual({ endpoint: 'second', value: 0.2 });
  });

  it('a query that is refused says nothing of who refuses it', async () => {
    await harness.cycle();
    harness.prometheus.refuse = 'orders_queued';
    await harness.cycle();
    expect((await readFrom()).endpoint).toBe('first');
    expect((await health('first')).health).toBe('sound');
  });
});

describe('clocks that differ', () => {
  beforeEach(async () => {
    harness.furtherEndpoints = [];
    harness.rules = [
      buildRule({ holding: { steadyMs: 0 }, target: { by: ['job'], match: { job: 'warehouse' } } }),
    ];
    await harness.stopAgent();
    await harness.startAgent();
  });

  it.each([
    ['ahead', 31_000, "Prometheus' clock is ahead of the agent's"],
    ['behind', -31_000, "Prometheus' clock is behind the agent's, or its answer is old"],
  ])('Prometheus far %s: no action, and it is said by how much', async (_what, aheadMs, because) => {
    harness.prometheus.aheadMs = aheadMs;
    await harness.cycles(3);
    expect(harness.warehouse.requests).toEqual([]);
    expect((await harness.get('/api/v1/facts')).body.signals).toEqual({ status: 'stale', because });
    expect(await health('prometheus')).toMatchObject({ because, clock_skew_seconds: aheadMs / 1000 });
    const skew = 'evenkeel_agent_prometheus_clock_skew_seconds{endpoint="prometheus"}';
    expect(await harness.metric(skew)).toBe(aheadMs / 1000);
    harness.prometheus.aheadMs = 0;
    await harness.cycle();
    expect(await harness.metric(skew)).toBe(0);
    expect(harness.warehouse.applied).toHaveLength(1);
  });

  it('a little: the agent acts, and the skew shows', async () => {
    harness.prometheus.aheadMs = 12_000;
    await harness.cycle();
    expect(harness.warehouse.applied).toHaveLength(1);
    expect((await health('prometheus')).clock_skew_seconds).toBe(12);
  });

  it.each([
    ['the future', -40_000, 'samples are from the future: the clock of what records them is ahead'],
    [
      'the past, though they keep coming',
      40_000,
      'each new sample is old already: the clock of what records them is behind, or they come late',
    ],
  ])('samples from %s: no action, and it is said', async (_what, ageMs, because) => {
    harness.seeLatency('3', ageMs);
    await harness.cycles(3);
    expect(harness.warehouse.requests).toEqual([]);
    expect((await harness.items('facts'))[0]).toMatchObject({ status: 'stale', value: null });
    expect(await health('prometheus')).toMatchObject({ health: 'degraded', because, clock_skew_seconds: 0 });
    expect(await harness.metric('evenkeel_agent_prometheus_up{endpoint="prometheus"}')).toBe(0);
  });
});
