import { writeFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentHarness } from './agent-harness.ts';
import { breakable, refuse, unreadable } from './breakable-journal.ts';
import type { PrometheusFault } from './fake-prometheus.ts';

let harness: AgentHarness;

beforeEach(async () => {
  harness = await new AgentHarness().start();
});

afterEach(() => harness.stop());

async function lastEpisode() {
  return (await harness.items('episodes'))[0];
}

describe('a slow API', () => {
  it('is answered with one action, a settled observation, an honest verdict and a rest', async () => {
    await harness.cycles(3);
    expect(harness.warehouse.applied).toEqual([{ key: expect.stringMatching(/^[0-9a-f]{32}$/), value: 120 }]);
    expect(await harness.state()).toMatchObject({ state: 'settling' });
    harness.seeLatency('0.2');
    await harness.cycles(11);
    const episode = await lastEpisode();
    expect(episode).toMatchObject({
      rule: 'slow-api',
      target: { job: 'warehouse' },
      state: 'verified',
      plan: { system: 'warehouse', name: 'cache_ttl', from: 2, to: 120 },
      outcome: 'applied',
      verdict: 'inconclusive:not_measured',
      observed_before: { value: 3 },
      observed_after: { value: 0.2 },
    });
    expect(
      (await harness.get(`/api/v1/episodes/${episode.id}`)).body.timeline.map(
        ({ kind }: { kind: string }) => kind,
      ),
    ).toEqual(['decided', 'started', 'finished', 'verified']);
    expect(await harness.state()).toMatchObject({ state: 'cooldown' });
    expect(await harness.metric('evenkeel_agent_actions_total{rule="slow-api",outcome="applied"}')).toBe(1);
    expect(
      await harness.metric(
        'evenkeel_agent_episodes_total{rule="slow-api",verdict="inconclusive:not_measured"}',
      ),
    ).toBe(1);
  });

  it('is not answered again while the rule rests, and is afterwards; what is there already is no success', async () => {
    await harness.cycles(3 + 11 + 59);
    expect(harness.warehouse.applied).toHaveLength(1);
    await harness.cycles(3);
    expect(await lastEpisode()).toMatchObject({ outcome: 'nothing_to_do', verdict: null });
    expect(harness.warehouse.applied).toHaveLength(1);
  });

  it('is only noted in shadow mode: the warehouse is not even asked', async () => {
    harness.rules = harness.rules.map((rule) => ({ ...rule, mode: 'shadow' }));
    await harness.agent.reload();
    await harness.cycles(5);
    expect(harness.warehouse.requests).toEqual([]);
    expect(await lastEpisode()).toMatchObject({ state: 'shadow', outcome: null, verdict: null });
  });
});

interface Fault {
  what: string;
  breakIt: (given: AgentHarness) => Promise<void> | void;
}

function prometheusFault(what: string, fault: PrometheusFault): Fault {
  return {
    what: `Prometheus ${what}`,
    breakIt: ({ prometheus }) => {
      prometheus.fault = fault;
    },
  };
}

async function expectHeldBackThenRecovery(
  { breakIt }: Fault,
  status: string,
  outcome: string,
): Promise<void> {
  await harness.cycle();
  await breakIt(harness);
  await harness.cycles(4);
  expect(harness.warehouse.requests).toEqual([]);
  expect(await harness.state()).toMatchObject({ state: 'suppressed', suppressed_by: 'facts' });
  expect((await harness.items('facts'))[0]).toMatchObject({ name: 'latency', status, value: null });
  expect(await harness.metric(`evenkeel_agent_facts{status="${status}"}`)).toBe(1);
  expect(await harness.metric(`evenkeel_agent_cycles_total{outcome="${outcome}"}`)).toBeGreaterThanOrEqual(4);
  expect((await harness.get('/-/ready')).status).toBe(200);

  harness.prometheus.fault = 'none';
  harness.prometheus.scrapes = [];
  harness.seeLatency('3');
  await harness.prometheus.stop();
  await harness.prometheus.start();
  await harness.cycle();
  expect(harness.warehouse.applied).toEqual([]);
  await harness.cycles(2);
  expect(harness.warehouse.applied).toHaveLength(1);
  const suppressed = (await harness.items('decisions')).filter(
    (decision) => decision.outcome === 'suppressed',
  );
  expect(suppressed).toHaveLength(1);
}

describe('no action on bad data, the state is visible, and recovery needs no hand', () => {
  it.each([
    { what: 'Prometheus is down', breakIt: ({ prometheus }: AgentHarness) => prometheus.stop() },
    prometheusFault('answers garbage', 'garbage'),
    prometheusFault('answers with a login page', 'html'),
    prometheusFault('answers with values of the wrong types', 'wrong_types'),
    prometheusFault('says that its answer is partial', 'partial'),
    prometheusFault('does not let the agent in', 'no_access'),
    prometheusFault('answers 500', 'status_500'),
    prometheusFault('refuses the query', 'refused_query'),
    prometheusFault('does not answer in time', 'hangs'),
    prometheusFault('warns that a part is missing', 'warns'),
  ])('$what', (fault) => expectHeldBackThenRecovery(fault, 'error', 'facts_failed'));

  it.each([
    { what: 'NaN', value: 'NaN', ageMs: 0, status: 'missing' },
    { what: 'infinity', value: '+Inf', ageMs: 0, status: 'missing' },
    { what: 'a value that is no longer recorded', value: '3', ageMs: 31_000, status: 'stale' },
  ])('$what', ({ what, value, ageMs, status }) =>
    expectHeldBackThenRecovery({ what, breakIt: (given) => given.seeLatency(value, ageMs) }, status, 'ok'),
  );

  it('nothing recorded', () =>
    expectHeldBackThenRecovery(
      { what: '', breakIt: ({ prometheus }) => void prometheus.signals.splice(0) },
      'missing',
      'ok',
    ));

  it('a service that no scrape reaches', () =>
    expectHeldBackThenRecovery(
      {
        what: '',
        breakIt: ({ prometheus }) => {
          prometheus.scrapes = [{ labels: { job: 'warehouse', instance: 'a' }, up: false }];
        },
      },
      'stale',
      'ok',
    ));
});

describe('a bad target', () => {
  it.each([
    { fault: 'status_500', because: /HTTP 500/ },
    { fault: 'garbage', because: /did not answer with JSON/ },
    { fault: 'redirects', because: /HTTP 307/ },
    { fault: 'out_of_bounds', because: /HTTP 422: out of bounds/ },
    { fault: 'races', because: /changed by someone else/ },
    { fault: 'down', because: /cannot be reached: connection refused/ },
  ] as const)(
    '($fault): the attempt fails, is journalled, and the rule rests',
    async ({ fault, because }) => {
      if (fault === 'down') await harness.warehouse.stop();
      else harness.warehouse.fault = fault;
      await harness.cycles(6);
      expect(harness.warehouse.applied).toEqual([]);
      const episodes = await harness.items('episodes');
      expect(episodes).toHaveLength(1);
      expect(episodes[0]).toMatchObject({ outcome: 'failed', verdict: null });
      expect(episodes[0].outcome_because).toMatch(because);
      expect(await harness.state()).toMatchObject({ state: 'cooldown' });
    },
  );

  it('that applies and then answers 500 is asked what it did', async () => {
    harness.warehouse.fault = 'applies_then_500';
    await harness.cycles(3);
    expect(await lastEpisode()).toMatchObject({ outcome: 'applied', state: 'settling' });
    expect(harness.warehouse.applied).toHaveLength(1);
  });

  it('that applies and then is gone is asked when it is back, and not told twice', async () => {
    harness.warehouse.fault = 'applies_then_hangs';
    const acting = harness.cycles(3);
    await waitFor(() => harness.warehouse.applied.length === 1);
    await harness.warehouse.stop();
    await acting;
    expect(await harness.state()).toMatchObject({ state: 'executing' });
    await harness.cycles(2);
    expect(await harness.state()).toMatchObject({ state: 'executing' });
    harness.warehouse.fault = 'none';
    await harness.warehouse.start();
    await harness.cycle();
    expect(await lastEpisode()).toMatchObject({ outcome: 'applied', reconciled: true });
    expect(harness.warehouse.applied).toHaveLength(1);
  });
});

describe('a journal that cannot be written', () => {
  it('means no action, an agent that is not ready, and recovery by itself', async () => {
    let broken = false;
    await harness.stopAgent();
    await harness.startAgent((journal) => breakable(journal, () => broken));
    await harness.cycle();
    broken = true;
    await harness.cycles(4);
    expect(harness.warehouse.requests).toEqual([]);
    expect(await harness.metric('evenkeel_agent_cycles_total{outcome="journal_failed"}')).toBeGreaterThan(0);
    expect(await harness.metric('evenkeel_agent_journal_writes_total{outcome="failed"}')).toBeGreaterThan(0);
    const ready = await harness.get('/-/ready');
    expect([ready.status, ready.body]).toEqual([503, expect.stringContaining('disk full')]);
    broken = false;
    await harness.cycles(2);
    expect(harness.warehouse.applied).toHaveLength(1);
  });

  it.each([
    ['read', { replay: unreadable }],
    ['written', { append: refuse }],
  ])(
    'after it was opened and before the agent has started, cannot be %s: it starts, and waits',
    async (_what, away) => {
      let isAway: boolean | undefined;
      await harness.stopAgent();
      await harness.startAgent((journal) => ({
        ...journal,
        replay: (seq) => (isAway === true && 'replay' in away ? unreadable() : journal.replay(seq)),
        append: (...args) => (isAway === true && 'append' in away ? refuse() : journal.append(...args)),
        async lastBeatMs() {
          // The last thing that is read before the agent is put together.
          const ms = await journal.lastBeatMs();
          isAway ??= true;
          return ms;
        },
      }));
      await harness.cycle();
      const ready = await harness.get('/-/ready');
      expect([ready.status, ready.body]).toEqual([503, expect.stringMatching(/the journal cannot be/)]);
      expect(harness.warehouse.requests).toEqual([]);
      isAway = false;
      await harness.cycles(3);
      expect((await harness.get('/-/ready')).status).toBe(200);
      expect(harness.warehouse.applied).toHaveLength(1);
      const kinds = (await harness.journal.find({ kinds: ['agent_started', 'rules_loaded'], limit: 2 })).map(
        ({ event }) => event.kind,
      );
      expect(kinds).toEqual(['rules_loaded', 'agent_started']);
    },
  );

  it('between decision and action: nothing is sent, and the decision is abandoned later', async () => {
    await harness.stopAgent();
    await harness.startAgent((journal) => ({
      ...journal,
      append: (events, options) =>
        typeof events !== 'function' && events[0]?.kind === 'started'
          ? refuse()
          : journal.append(events, options),
    }));
    await harness.cycles(3);
    expect(harness.warehouse.applied).toEqual([]);
    await harness.cycle();
    expect(await lastEpisode()).toMatchObject({ outcome: 'abandoned' });
  });

  it('answers 503 to Alertmanager, which tries again', async () => {
    await harness.stopAgent();
    await harness.startAgent((journal) => ({
      ...journal,
      append: (events, options) => (options?.onlyNew === true ? refuse() : journal.append(events, options)),
    }));
    const alert = { status: 'firing', labels: { alertname: 'Slow' }, startsAt: '2026-11-23T12:00:00Z' };
    const body = { version: '4', groupKey: 'g', alerts: [alert] };
    const answer = await harness.request('POST', '/api/v1/alerts', { token: 'ingest-secret', body });
    expect(answer).toMatchObject({ status: 503, body: { code: 'JOURNAL_WRITE_FAILED' } });
  });
});

describe('stopping', () => {
  it('by file: nothing is done while it exists, and the change is journalled', async () => {
    writeFileSync(harness.stopFile, '');
    await harness.cycles(5);
    expect(harness.warehouse.requests).toEqual([]);
    expect(await harness.state()).toMatchObject({ state: 'paused', suppressed_by: 'pause' });
    expect((await harness.get('/api/v1/pauses')).body.kill_switch).toMatchObject({ engaged: true });
    expect(await harness.metric('evenkeel_agent_paused')).toBe(1);
    rmSync(harness.stopFile);
    await harness.cycle();
    expect(harness.warehouse.applied).toHaveLength(1);
    const changes = (await harness.journal.find({ kinds: ['kill_switch_changed'], limit: 10 })).map(
      ({ event }) => event,
    );
    expect(changes).toMatchObject([{ engaged: false }, { engaged: true }]);
  });
});

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
