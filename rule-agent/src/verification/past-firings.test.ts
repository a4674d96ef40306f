import { describe, expect, it } from '@jest/globals';
import { buildRule } from '../../test/build.ts';
import type { Rule } from '../model/rule.ts';
import type { PastFacts } from './past-conditions.ts';
import { playRule, replayRule } from './past-firings.ts';

const MINUTE_MS = 60_000;

function past(latency: readonly number[], others: Record<string, readonly number[]> = {}): PastFacts {
  const columns = Object.entries({ latency, ...others });
  return {
    ...{ pointMs: MINUTE_MS, points: latency.length },
    values: new Map(columns.map(([name, values]) => [name, Float64Array.from(values)])),
  };
}

function rule(overrides: Partial<Rule> = {}): Rule {
  const { expect: expected } = buildRule();
  return buildRule({
    holding: { steadyMs: 0 },
    cooldownMs: 0,
    expect: { ...expected, settleMs: 0, windowMs: 0 },
    ...overrides,
  });
}

describe('a rule over its past', () => {
  it('fires at once, and once for each time that its condition holds', () => {
    expect(replayRule(rule(), past([0, 2, 2, 0, 2]), 4).firings()).toEqual([1, 4]);
  });

  it('acts again while its condition lasts; what is like the second time is the second time', () => {
    const resting = rule({ cooldownMs: 2 * MINUTE_MS, expect: { ...rule().expect, windowMs: MINUTE_MS } });
    const facts = past([0, 2, 2, 2, 2, 2, 0, 2, 0, 2, 2, 2, 2, 2]);
    expect(replayRule(resting, facts, 9).firings()).toEqual([1, 7, 10]);
    expect(replayRule(resting, facts, 13).firings()).toEqual([4, 13]);
  });

  it('waits for as long as it has to hold', () => {
    const held = rule({ holding: { steadyMs: 2 * MINUTE_MS } });
    expect(replayRule(held, past([2, 2, 0, 2, 2, 2, 0]), 0).firings()).toEqual([5]);
  });

  it('starts anew after a gap', () => {
    const held = rule({ holding: { steadyMs: 2 * MINUTE_MS } });
    expect(replayRule(held, past([2, 2, NaN, 2, 2, 2]), 0).firings()).toEqual([5]);
  });

  it('goes on between the two bounds once it has held', () => {
    const hysteresis = rule({
      holding: { steadyMs: MINUTE_MS },
      clear: { all: [{ fact: 'latency', operator: 'lessThan', value: 0.5 }] },
    });
    expect(replayRule(hysteresis, past([2, 0.8, 2]), 0).firings()).toEqual([2]);
    const longer = { ...hysteresis, holding: { steadyMs: 2 * MINUTE_MS } };
    expect(replayRule(longer, past([2, 0.8, 2, 2, 2]), 0).firings()).toEqual([4]);
  });

  it('reads all facts that its conditions name, and none else', () => {
    const both = rule({
      facts: { latency: { signal: 'api_latency_p95_seconds' }, load: { promql: 'load' } },
      when: {
        all: [
          { fact: 'latency', operator: 'greaterThan', value: { fact: 'load' } },
          { not: { fact: 'load', operator: 'in', value: [7] } },
        ],
      },
    });
    expect(replayRule(both, past([2, 2, 9, 2], { load: [3, 1, 7, NaN] }), 0).firings()).toEqual([1]);
    expect(replayRule(both, past([2, 2]), 0).firings()).toEqual([]);
  });
});

describe('the end of a firing', () => {
  it('is where its condition has cleared, for the second firing of a condition as for the first', () => {
    const resting = rule({ cooldownMs: 2 * MINUTE_MS });
    expect(playRule(resting, past([0, 2, 2, 2, 2, 0, 0]))).toEqual([
      { at: 1, nth: 1, endsAt: 5, cleared: true },
      { at: 3, nth: 2, endsAt: 5, cleared: true },
    ]);
  });

  it('is not known where the past ends, or has a gap', () => {
    expect(playRule(rule({ cooldownMs: 60 * MINUTE_MS }), past([2, 2, NaN, 2]))).toEqual([
      { at: 0, nth: 1, endsAt: 2, cleared: false },
    ]);
    expect(playRule(rule(), past([0, 2]))).toEqual([{ at: 1, nth: 1, endsAt: 2, cleared: false }]);
  });
});

describe('a lower threshold', () => {
  it('stands in for the number that the expected signal is compared with, and nowhere else', () => {
    const two = rule({
      facts: { latency: { signal: 'api_latency_p95_seconds' }, load: { promql: 'load' } },
      when: {
        all: [
          { fact: 'latency', operator: 'greaterThan', value: 1 },
          { fact: 'load', operator: 'greaterThan', value: 1 },
        ],
      },
    });
    const { firings, hasThreshold } = replayRule(two, past([0.5, 2, 0.6, 0.2], { load: [2, 2, 0.9, 2] }), 0);
    expect(hasThreshold).toBe(true);
    expect(firings()).toEqual([1]);
    expect(firings(0.4)).toEqual([0]);
  });

  it('is never a higher one, and clears no later', () => {
    const hysteresis = rule({
      cooldownMs: 0,
      clear: { all: [{ fact: 'latency', operator: 'lessThan', value: 0.5 }] },
    });
    const { firings } = replayRule(hysteresis, past([1.5, 0.45, 0.2, 0.45]), 0);
    expect(firings(5)).toEqual([0]);
    expect(firings(0.4)).toEqual([0, 3]);
  });

  it('is a higher one of a signal that should rise', () => {
    const stock = rule({
      expect: { ...rule().expect, direction: 'higher' },
      when: { all: [{ fact: 'latency', operator: 'lessThan', value: 3 }] },
    });
    const { firings, hasThreshold } = replayRule(stock, past([5, 2, 4]), 0);
    expect(hasThreshold).toBe(true);
    expect(firings()).toEqual([1]);
    expect(firings(5.5)).toEqual([0]);
  });

  it.each([
    ['a z-score', rule({ facts: { latency: { signal: 'api_latency_p95_seconds', reading: 'zscore' } } })],
    ['another signal', rule({ facts: { latency: { signal: 'cpu' } } })],
    ['what must not hold', rule({ when: { not: { fact: 'latency', operator: 'greaterThan', value: 1 } } })],
    [
      'a bound on the other side',
      rule({ when: { all: [{ fact: 'latency', operator: 'lessThan', value: 1 }] } }),
    ],
  ])('is not there for %s', (_what, of) => {
    expect(replayRule(of, past([2]), 0).hasThreshold).toBe(false);
  });
});
