import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildRule, POLICY, T0, warehouse } from '../../test/build.ts';
import type { ConditionGroup, Rule } from '../model/rule.ts';
import { seriesPrometheus } from '../simulation/series-prometheus.ts';
import { simulate } from '../simulation/simulate.ts';
import { simulatedAction } from '../simulation/simulated-action.ts';
import { playRule } from './past-firings.ts';

const STEP_MS = 15_000;
const FACTS = {
  latency: { signal: 'api_latency_p95_seconds' },
  load: { signal: 'api_load_ratio' },
} as const;
type FactName = keyof typeof FACTS;
const NAMES = Object.keys(FACTS) as FactName[];

/** What is read at one look: no number where the series has ended. */
type Look = Record<FactName, number | 'stale'>;

/** Where the agent itself decides, look by look, in shadow mode. */
async function livesThrough(rule: Rule, looks: readonly Look[]): Promise<number[]> {
  const signals = NAMES.map((name) => ({
    signal: FACTS[name].signal,
    value: {
      labels: warehouse,
      samples: looks.map((look, at) => ({ atMs: T0 + at * STEP_MS, value: look[name] })),
    },
  }));
  const turns = simulate({
    rules: [rule],
    policy: { ...POLICY, blastRadius: { share: 1, targets: 100 }, flapping: { times: 1_000, withinMs: 1 } },
    ...{ fromMs: T0, toMs: T0 + (looks.length - 1) * STEP_MS, intervalMs: STEP_MS },
    prometheus: (clock) => seriesPrometheus({ signals, expressions: [] }, clock),
    action: simulatedAction(new Set()),
  });
  const decided: number[] = [];
  for await (const { events } of turns) {
    decided.push(...events.filter(({ kind }) => kind === 'decided').map(({ at }) => (at - T0) / STEP_MS));
  }
  return decided;
}

/** All firings of the rule over the same looks as a past, whichever of its condition they are. */
function inThePast(rule: Rule, looks: readonly Look[]): number[] {
  const values = new Map(
    NAMES.map((name) => [
      name,
      Float64Array.from(looks, (look) => (look[name] === 'stale' ? NaN : look[name])),
    ]),
  );
  const past = { pointMs: STEP_MS, points: looks.length, values };
  return playRule(rule, past).map(({ at }) => at);
}

const value = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(0.2, 0.8, 2, 2) },
  { weight: 1, arbitrary: fc.constant('stale' as const) },
);
const looks = fc.array(fc.record<Look>({ latency: value, load: value }), { minLength: 1, maxLength: 60 });

const isAbove = (fact: FactName, bound: number) => ({ fact, operator: 'greaterThan', value: bound }) as const;
const isSlow = isAbove('latency', 1);
const conditions = fc.constantFrom<ConditionGroup>(
  { all: [isSlow] },
  { all: [isSlow, isAbove('load', 0.5)] },
  { any: [isSlow, { fact: 'load', operator: 'greaterThanInclusive', value: { fact: 'latency' } }] },
  { all: [isSlow, { not: { fact: 'load', operator: 'in', value: [0.8, 2] } }] },
);
const clears = fc.constantFrom<ConditionGroup | undefined>(undefined, {
  all: [{ fact: 'latency', operator: 'lessThan', value: 0.5 }],
});
const holdings = fc.oneof(
  fc.constantFrom(0, 15_000, 40_000, 60_000).map((steadyMs) => ({ steadyMs })),
  fc.constantFrom({ firing: 1, of: 1 }, { firing: 2, of: 3 }, { firing: 3, of: 5 }),
);
const rests = fc.record({
  settleMs: fc.constantFrom(0, 15_000, 20_000),
  windowMs: fc.constantFrom(0, 30_000),
  cooldownMs: fc.constantFrom(0, 45_000, 120_000),
});

const rules = fc
  .record({ when: conditions, clear: clears, holding: holdings, rest: rests })
  .map(({ when, clear, holding, rest: { settleMs, windowMs, cooldownMs } }) =>
    buildRule({
      ...{ mode: 'shadow', facts: FACTS, when, holding, cooldownMs },
      ...(clear !== undefined && { clear }),
      expect: { ...buildRule().expect, settleMs, windowMs },
    }),
  );

describe('a rule over its past', () => {
  it('fires where the agent itself would have decided in shadow mode', async () => {
    await fc.assert(
      fc.asyncProperty(rules, looks, async (rule, seen) => {
        expect(inThePast(rule, seen)).toEqual(await livesThrough(rule, seen));
      }),
      { numRuns: 150 },
    );
  });
});
