import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ruleAsText } from '../src/terminal/index.ts';
import type { RuleExplanation } from '../src/views/index.ts';
import { AgentHarness } from './agent-harness.ts';
import { buildRule, T0 } from './build.ts';

const LATENCY = 'api_latency_p95_seconds';
const TERMS = 'evenkeel:baseline:points_needed';
const COUNTED = 'count_over_time(evenkeel:reference:deviation';

describe('an explanation of a rule that waits for a baseline', () => {
  let harness: AgentHarness;

  beforeEach(async () => {
    harness = new AgentHarness();
    const target = { by: ['job'], match: { job: 'warehouse' } };
    harness.rules = [buildRule({ whenLearning: 'wait', holding: { steadyMs: 0 }, target })];
    await harness.start();
    seeBaseline('0');
    const points = { metric: { signal: LATENCY, job: 'warehouse', reference: 'day' }, value: '1032' };
    harness.prometheus.others = {
      [COUNTED]: [points],
      [TERMS]: [
        { metric: { __name__: 'evenkeel:baseline:range_seconds' }, value: '86400' },
        { metric: { __name__: TERMS }, value: '1152' },
      ],
    };
  });

  afterEach(() => harness.stop());

  const seeBaseline = (ready?: string) => {
    const signal = { signal: LATENCY, labels: { job: 'warehouse' }, value: '3' };
    harness.prometheus.signals = [{ ...signal, ...(ready !== undefined && { ready }) }];
  };
  const explained = async (): Promise<RuleExplanation> =>
    (await harness.get('/api/v1/rules/slow-api/explain')).body;
  const askedBesides = () =>
    harness.prometheus.queries.filter((query) => query.includes(TERMS) || query.includes(COUNTED));

  it('says until when it learns, and the journal has the reason once', async () => {
    await harness.cycles(5);
    expect(askedBesides()).toEqual([]);
    const readyAt = new Date(T0 + 10_000 + 2 * 3_600_000).toISOString();
    const text = `it learns until ${readyAt} at the earliest, if no point is missing until then: 1032 of 1152 are there`;
    const body = await explained();
    expect(body.items[0]!.learning).toEqual([
      { signal: LATENCY, text, ready_at: readyAt, points: 1032, points_needed: 1152 },
    ]);
    expect(ruleAsText(body)).toContain(`Baselines that are not ready:\n  ${LATENCY}: ${text}\n`);
    await harness.cycles(5);
    expect(await harness.journal.find({ kinds: ['suppressed'], limit: 10 })).toHaveLength(1);
  });

  it('says so where it cannot be told', async () => {
    harness.prometheus.others = {};
    await harness.cycles(2);
    const words = (await explained()).items[0]!.learning[0]!;
    expect(words).toMatchObject({ ready_at: null, points: null, points_needed: null });
    expect(words.text).toMatch(/^it cannot be told until when it learns: Prometheus does not have/);
  });

  it('asks nothing where nothing is known of the baseline, and says that', async () => {
    seeBaseline();
    await harness.cycles(2);
    const [words] = (await explained()).items[0]!.learning;
    expect(words!.text).toMatch(/^it cannot be told until when it learns: /);
    expect(askedBesides()).toEqual([]);
  });

  it('says and asks nothing once it is ready', async () => {
    seeBaseline('1');
    await harness.cycles(2);
    const body = await explained();
    expect(body.items[0]!.learning).toEqual([]);
    expect(ruleAsText(body)).not.toContain('Baselines');
    expect(askedBesides()).toEqual([]);
  });
});
