import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { drawFrom, firingKey } from '../src/decisions/firing-key.ts';
import type { Rule } from '../src/model/rule.ts';
import { targetKey } from '../src/model/target.ts';
import { buildMatch, T0 } from './build.ts';
import { actAndMeasure, incidents, measuredRule, MINUTE_MS } from './incidents.ts';

let harness: AgentHarness;

type Measured = Record<'estimate' | 'low' | 'high' | 'observed' | 'counterfactual', number>;

beforeEach(async () => {
  harness = new AgentHarness();
  harness.rules = [measuredRule()];
  await harness.start();
});

afterEach(() => harness.stop());

async function verdict() {
  const episode = await actAndMeasure(harness);
  expect(harness.warehouse.applied.length).toBeGreaterThan(0);
  return episode;
}

describe('an action on a signal with a past', () => {
  it('helped when the incident ends as soon as hardly any did by itself', async () => {
    harness.prometheus.past = incidents(21, 2);
    const episode = await verdict();
    expect(episode).toMatchObject({
      verdict: 'improved',
      effect: { comparable_moments: { lowered: false }, method: 1 },
      verdict_text: expect.stringMatching(/^It helped\. api_latency_p95_seconds was 0\.\d+ on average; /),
    });
    // About four incidents a day of 10 minutes to an hour: half are over after 35.
    expect(episode.clearing).toMatchObject({
      after_seconds: expect.any(Number),
      by_itself: { firings: expect.any(Number) },
    });
    const { median_seconds: median, firings } = episode.clearing!.by_itself!;
    expect(firings).toBeGreaterThan(60);
    expect(median! / 60).toBeGreaterThan(25);
    expect(median! / 60).toBeLessThan(45);
    expect(episode.verdict_text).toMatch(/By itself it took \d+m at most in half of \d+ firings\.$/);
    const { estimate, low, high, observed, counterfactual } = episode.effect as Measured;
    expect(low).toBeGreaterThan(0);
    expect(high).toBeLessThan(4);
    expect(observed).toBeCloseTo(0.3, 1);
    expect(observed + estimate).toBeCloseTo(counterfactual, 6);
  });

  it('is not said to have helped when the incident goes on as they do', async () => {
    harness.prometheus.past = incidents(21, 30);
    const { verdict: found, effect } = await verdict();
    expect(found).toMatch(/^(inconclusive:not_clear|no_effect)$/);
    expect(effect?.low).toBeLessThan(0);
  });

  it('is not said to have helped by less than the rule says is worth having', async () => {
    harness.rules = harness.rules.map((rule) => ({ ...rule, expect: { ...rule.expect, minimum: 5 } }));
    await harness.agent.reload();
    harness.prometheus.past = incidents(21, 2);
    const episode = await verdict();
    expect(episode).toMatchObject({ expect: { minimum: 5 }, effect: { minimum: 5 } });
    expect(episode.effect?.low).toBeGreaterThan(0);
    expect(episode.verdict).not.toBe('improved');
  });

  it('is explained with its figures', async () => {
    harness.prometheus.past = incidents(21, 2);
    const { id } = await verdict();
    const { body } = await harness.get(`/api/v1/episodes/${id}/explain`, TOKENS.viewer);
    expect(JSON.stringify(body)).toContain('It helped. api_latency_p95_seconds was');
  });
});

describe('an improvement', () => {
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute++) await harness.cycle(MINUTE_MS);
  };
  const faded = () => harness.metric('evenkeel_agent_improvements_faded_total{rule="slow-api"}');

  it('is taken back when the incident comes back in the window after it', async () => {
    const past = incidents(21, 2);
    harness.prometheus.past = (query, atMs) => {
      const value = past(query, atMs);
      return value === undefined || atMs < T0 + 18 * MINUTE_MS ? value : 2.8 + value;
    };
    expect(await verdict()).toMatchObject({ verdict: 'improved', review: null });
    await minutes(16);
    const [episode] = await harness.items('episodes');
    expect(episode).toMatchObject({
      ...{ verdict: 'improved_but_faded', state: 'verified', review: { look: 2, because: null } },
      verdict_text: expect.stringMatching(
        /^It helped, but that did not last\. At first: .* In the window after that it was 2\.\d+, /,
      ),
    });
    expect(episode.effect.estimate).toBeGreaterThan(0.5);
    expect(episode.review.effect.estimate).toBeLessThan(0.5);
    expect(await faded()).toBe(1);
  });

  it('is looked at twice, and stays when it lasts', async () => {
    harness.prometheus.past = incidents(21, 2);
    await verdict();
    await minutes(31);
    const [episode] = await harness.items('episodes');
    expect(episode).toMatchObject({ verdict: 'improved', review: { look: 3, verdict: 'improved' } });
    expect(await harness.journal.find({ kinds: ['verdict_reviewed'], limit: 10 })).toHaveLength(2);
    expect(await faded()).toBe(0);
  });
});

describe('nothing is said of an action', () => {
  it('on a signal that has been recorded since yesterday', async () => {
    harness.prometheus.past = incidents(1, 2);
    expect(await verdict()).toMatchObject({ verdict: 'inconclusive:insufficient_history', effect: null });
  });

  it('while the past cannot be read, and never when that lasts', async () => {
    harness.prometheus.refuseRanges = true;
    expect(await verdict()).toMatchObject({ state: 'settling', verdict: null });
    for (let minute = 0; minute < 11; minute++) await harness.cycle(MINUTE_MS);
    expect((await harness.items('episodes'))[0]).toMatchObject({
      verdict: 'inconclusive:missing_data',
      verdict_text: expect.stringContaining('query timed out'),
    });
  });

  it('of what a fact can never be asked for: its signal is judged without it', async () => {
    const refuse = 'avg_over_time(shipped_orders[28d])';
    const [rule] = harness.rules;
    harness.rules = [{ ...rule!, facts: { ...rule!.facts, shipped: { promql: refuse } } }];
    await harness.agent.reload();
    harness.prometheus.past = incidents(21, 2);
    harness.prometheus.refuse = refuse;
    expect(await verdict()).toMatchObject({ state: 'settling', verdict: null });
    for (let minute = 0; minute < 11; minute++) await harness.cycle(MINUTE_MS);
    expect((await harness.items('episodes'))[0]).toMatchObject({ verdict: 'improved' });
  });

  it('after all, once the past can be read again', async () => {
    harness.prometheus.past = incidents(21, 2);
    harness.prometheus.refuseRanges = true;
    expect(await verdict()).toMatchObject({ state: 'settling' });
    harness.prometheus.refuseRanges = false;
    await harness.cycle(MINUTE_MS);
    expect((await harness.items('episodes'))[0]).toMatchObject({ verdict: 'improved' });
  });
});

it('an action that made things worse is reverted', async () => {
  const past = incidents(21, 2);
  harness.prometheus.past = (query, atMs) => {
    const value = past(query, atMs);
    return value === undefined || atMs <= T0 + 2 * MINUTE_MS ? value : 9 + value;
  };
  const episode = await verdict();
  expect(episode).toMatchObject({ verdict: 'worsened', reverted: { by: 'verdict', outcome: 'reverted' } });
  expect(harness.warehouse.applied.map(({ value }) => value)).toEqual([120, 2]);
});

/** Whether one in two firings of a rule like this one leaves the firing of these tests alone, which begins with the first cycle. */
function isDrawn(rule: Rule): boolean {
  const target = { job: 'warehouse' };
  const match = buildMatch({ rule, target, targetKey: targetKey(target) });
  return drawFrom(firingKey(match, T0 + 2_000), 'hold_out') < 0.5;
}

describe('a firing that was left alone', () => {
  const placebos = () =>
    harness.metric('evenkeel_agent_placebo_verdicts_total{verdict="inconclusive:not_clear"}');

  it('is judged as if there had been an action, kept, and counted', async () => {
    harness.rules = harness.rules.map((rule) => ({ ...rule, mode: 'shadow' }));
    await harness.agent.reload();
    harness.prometheus.past = incidents(21, 30);
    expect(await placebos()).toBe(0);
    await harness.cycles(3);
    for (let minute = 0; minute < 18; minute++) await harness.cycle(MINUTE_MS);
    expect(harness.warehouse.requests).toEqual([]);
    const [control] = await harness.journal.find({ kinds: ['control'], limit: 10 });
    expect(control?.event).toMatchObject({ rule: 'slow-api', errorPerSpread: expect.any(Number) });
    expect((await harness.journal.find({ kinds: ['control'], limit: 10 })).length).toBe(1);
    expect(await placebos()).toBe(1);
  });

  it('on purpose is judged, too, shown, and acted on afterwards when it lasts', async () => {
    const [rule] = harness.rules as [Rule];
    const drawn = Array.from({ length: 12 }, (_, index) => `v${index}`)
      .map((version) => ({ ...rule, version }))
      .find(isDrawn)!;
    harness.rules = [{ ...drawn, expect: { ...drawn.expect, holdOut: 0.5 } }];
    await harness.agent.reload();
    harness.prometheus.past = incidents(21, 30);
    await harness.cycles(3);
    const [target] = (await harness.items('rules'))[0].targets;
    expect(target).toMatchObject({ state: 'suppressed', suppressed_by: 'hold_out' });
    expect(target.because).toContain('left alone on purpose: 1 in 2 firings, until 2026-11-23T12:20:');
    const { body } = await harness.get('/api/v1/rules/slow-api/explain', TOKENS.viewer);
    expect(body.items[0]).toMatchObject({
      acts: false,
      text: expect.stringMatching(/^hold_out: left alone/),
    });
    // Watched without a gap: it stays the same firing.
    for (let cycle = 0; cycle < 46; cycle++) await harness.cycle(25_000);
    expect(harness.warehouse.requests).toEqual([]);
    const [control] = await harness.journal.find({ kinds: ['control'], limit: 10 });
    expect(control?.event).toMatchObject({ rule: 'slow-api', errorPerSpread: expect.any(Number) });
    expect(await placebos()).toBe(1);
    for (let cycle = 0; cycle < 3; cycle++) await harness.cycle(25_000);
    expect(harness.warehouse.applied).toHaveLength(1);
    expect(await harness.items('episodes')).toHaveLength(1);
  });
});
