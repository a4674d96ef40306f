import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Component,
  scoreDomain,
  scoreTotal,
  utilityOfBand,
  utilityOfHigherRatio,
  utilityOfLower,
} from './score.ts';

const latency = { good: 0.5, poor: 2 };

describe('utilityOfLower', () => {
  it('gives 0.90 at the good anchor and 0.50 at the poor one', () => {
    expect(utilityOfLower(0.5, latency)).toBeCloseTo(0.9, 12);
    expect(utilityOfLower(2, latency)).toBeCloseTo(0.5, 12);
  });

  it('is 1 at zero and below, and falls all the way', () => {
    expect(utilityOfLower(0, latency)).toBe(1);
    expect(utilityOfLower(-3, latency)).toBe(1);
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 100, noNaN: true }), (value) => {
        expect(utilityOfLower(value * 1.1, latency)).toBeLessThan(utilityOfLower(value, latency));
      }),
    );
  });

  it('of a ratio of which more is better looks at its failures', () => {
    const fill = { good: 0.98, poor: 0.9 };
    expect(utilityOfHigherRatio(0.98, fill)).toBeCloseTo(0.9, 12);
    expect(utilityOfHigherRatio(0.9, fill)).toBeCloseTo(0.5, 12);
    expect(utilityOfHigherRatio(1, fill)).toBe(1);
  });
});

describe('utilityOfBand', () => {
  const cover = { good: [14, 42], poor: [7, 91] } as const;

  it('is 1 in the middle, 0.90 at the ends of the good range and 0.50 at those of the poor one', () => {
    expect(utilityOfBand(28, cover)).toBe(1);
    expect([14, 42].map((days) => utilityOfBand(days, cover))).toEqual([
      expect.closeTo(0.9, 12),
      expect.closeTo(0.9, 12),
    ]);
    expect([7, 91].map((days) => utilityOfBand(days, cover))).toEqual([
      expect.closeTo(0.5, 12),
      expect.closeTo(0.5, 12),
    ]);
  });

  it('falls on both sides, also where values are below zero', () => {
    const bias = { good: [-0.05, 0.05], poor: [-0.25, 0.3] } as const;
    const utilities = [-0.5, -0.25, -0.05, 0, 0.05, 0.3, 0.6].map((value) => utilityOfBand(value, bias));
    expect(utilities.slice(0, 4)).toEqual([...utilities.slice(0, 4)].sort((a, b) => a - b));
    expect(utilities.slice(3)).toEqual([...utilities.slice(3)].sort((a, b) => b - a));
  });
});

const component = (name: string, utility: number | undefined, extra: Partial<Component> = {}): Component => ({
  name,
  utility,
  weight: 1,
  critical: false,
  ...extra,
});

describe('scoreDomain', () => {
  it('is the mean and the worst critical signal, worked by hand', () => {
    const result = scoreDomain([
      component('latency', 0.8, { weight: 3, critical: true }),
      component('errors', 0.6, { weight: 1 }),
    ]);
    // mean = (3 * 0.8 + 0.6) / 4 = 0.75; 100 * (0.7 * 0.75 + 0.3 * 0.8) = 76.5
    expect(result).toMatchObject({ status: 'scored', coverage: 1 });
    expect(result).toMatchObject({ score: expect.closeTo(76.5, 10) });
    expect(result).toMatchObject({
      losses: {
        components: { latency: expect.closeTo(10.5, 10), errors: expect.closeTo(7, 10) },
        critical: expect.closeTo(6, 10),
        cap: expect.closeTo(0, 10),
      },
    });
  });

  it('is at most 49 when a critical signal is below a half', () => {
    const result = scoreDomain([
      component('probe', 0.4, { critical: true, weight: 0.1 }),
      component('latency', 1, { weight: 10 }),
    ]);
    expect(result).toMatchObject({ status: 'scored', score: 49 });
  });

  it('is withheld with an interval when too much, or something critical, is missing', () => {
    const missing = scoreDomain([component('a', 1, { weight: 7 }), component('b', undefined, { weight: 3 })]);
    expect(missing).toMatchObject({ status: 'withheld', coverage: 0.7 });
    expect(missing).toMatchObject({ interval: [expect.closeTo(70, 10), expect.closeTo(100, 10)] });
    const critical = scoreDomain([
      component('a', 1, { weight: 99 }),
      component('b', undefined, { critical: true }),
    ]);
    expect(critical).toMatchObject({ status: 'withheld', interval: [49, 100] });
  });

  it('goes without a small signal that is not critical', () => {
    const result = scoreDomain([component('a', 0.5, { weight: 9 }), component('b', undefined)]);
    expect(result).toMatchObject({ status: 'scored', score: 50, coverage: 0.9 });
  });

  it('loses exactly what it does not have, whatever the components', () => {
    const components = fc.array(
      fc.record({
        name: fc.uuid(),
        utility: fc.double({ min: 0, max: 1, noNaN: true }),
        weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
        critical: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(components, (all) => {
        const result = scoreDomain(all);
        if (result.status !== 'scored') throw new Error('nothing is missing');
        const { losses, score } = result;
        const lost =
          Object.values(losses.components).reduce((a, b) => a + b, 0) + losses.critical + losses.cap;
        expect(lost).toBeCloseTo(100 - score, 9);
        expect(score).toBeGreaterThanOrEqual(-1e-9);
        expect(score).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });
});

describe('scoreTotal', () => {
  it('is the weighted mean', () => {
    expect(
      scoreTotal([
        { score: 80, weight: 3 },
        { score: 40, weight: 1 },
      ]),
    ).toBe(70);
  });
});
