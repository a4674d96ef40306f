import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { buildRule } from './build.ts';

const HOUR_MS = 3_600_000;
const slowApi = buildRule({
  holding: { steadyMs: 4_000 },
  target: { by: ['job'], match: { job: 'warehouse' } },
});
/** What slow-api sets is what it objects to, and the other way round. */
const staleCatalogue = buildRule({
  ...{ holding: slowApi.holding, target: slowApi.target },
  name: 'stale-catalogue',
  version: 'bbbbbbbbbbbb',
  facts: { age: { signal: 'catalogue_age_seconds' } },
  when: { all: [{ fact: 'age', operator: 'greaterThan', value: 60 }] },
  action: { kind: 'knob', system: 'warehouse', name: 'cache_ttl', change: { set: 2 } },
  expect: { ...slowApi.expect, signal: 'catalogue_age_seconds' },
});

let harness: AgentHarness;

beforeEach(() => {
  harness = new AgentHarness();
});
afterEach(() => harness.stop());

/** The signals follow from where the knob stands. */
function seeWorld(): void {
  const long = harness.warehouse.value > 60;
  const labels = { job: 'warehouse' };
  harness.prometheus.signals = [
    { signal: 'api_latency_p95_seconds', labels, value: long ? '0.2' : '3' },
    { signal: 'catalogue_age_seconds', labels, value: long ? '118' : '2' },
  ];
}

/** @returns the seconds at which something was set */
async function live(forMs: number, each: (second: number) => void = seeWorld): Promise<number[]> {
  const times: number[] = [];
  for (let second = 0; second * 1000 < forMs; second += 2) {
    each(second);
    const before = harness.warehouse.applied.length;
    await harness.cycle();
    if (harness.warehouse.applied.length > before) times.push(second);
  }
  return times;
}

const budgetUsed = () => harness.warehouse.applied.length;

describe('two rules that undo each other', () => {
  beforeEach(async () => {
    harness.rules = [slowApi, staleCatalogue];
    await harness.start();
  });

  it('are stopped after a few turns, and named by state, decision, explanation and metric', async () => {
    const times = await live(HOUR_MS / 4);
    expect(times.length).toBe(5);
    const because = expect.stringMatching(
      /^warehouse\/cache_ttl was moved back and forth 4 times within 4h: rules slow-api and stale-catalogue undo each other; nothing moves it until /,
    );
    const rules = await harness.items('rules');
    expect(rules.map(({ targets: [target] }) => target)).toContainEqual(
      expect.objectContaining({ state: 'suppressed', suppressed_by: 'oscillation', because }),
    );
    expect(await harness.items('decisions')).toContainEqual(
      expect.objectContaining({ outcome: 'suppressed', guard: 'oscillation', because }),
    );
    const { body } = await harness.get('/api/v1/rules/stale-catalogue/explain');
    expect(body.items[0].guards).toContainEqual({ guard: 'oscillation', objection: because });
    expect(await harness.metric('evenkeel_agent_held_back{rule="stale-catalogue",guard="oscillation"}')).toBe(
      1,
    );
  });

  it('stay stopped over a restart, until a person gives one of them another chance', async () => {
    await live(HOUR_MS / 4);
    const before = budgetUsed();
    await harness.stopAgent();
    await harness.startAgent();
    await live(HOUR_MS / 4);
    expect(budgetUsed()).toBe(before);
    const body = { reason: 'mended', target: { job: 'warehouse' } };
    await harness.request('POST', '/api/v1/rules/stale-catalogue/reset', { token: TOKENS.operator, body });
    await live(60_000);
    expect(budgetUsed()).toBeGreaterThan(before);
  });
});

describe('a service that restarts itself after each change', () => {
  it('and forgets what was set is not set again for ever', async () => {
    await harness.start();
    let restartAt = Infinity;
    await live(2 * HOUR_MS, (second) => {
      if (harness.warehouse.value === 120 && restartAt === Infinity) restartAt = second + 20;
      const down = second >= restartAt && second < restartAt + 10;
      if (down) harness.warehouse.value = 2;
      if (second >= restartAt + 10) restartAt = Infinity;
      harness.prometheus.signals = down
        ? []
        : [{ signal: 'api_latency_p95_seconds', labels: { job: 'warehouse' }, value: '3' }];
    });
    expect(budgetUsed()).toBeLessThanOrEqual(5);
  });

  it('and comes and goes is not taken for new trouble each time', async () => {
    await harness.start();
    await live(HOUR_MS, (second) => {
      const down = second % 120 < 10;
      harness.prometheus.signals = down
        ? []
        : [{ signal: 'api_latency_p95_seconds', labels: { job: 'warehouse' }, value: '3' }];
    });
    expect(budgetUsed()).toBeLessThanOrEqual(4);
  });
});
