import { describe, expect, it } from '@jest/globals';
import type { RuleOutcomes } from '../model/history.ts';
import { effectVariance, gainsOf } from './gains.ts';

const CONTROLS = [-0.4, 0.3, 0.9, -1.1, 0.2, -0.6, 1.3, 0, -0.2, 0.5];

function outcomesOf(errors: readonly number[], spreadInSigmas?: number): RuleOutcomes {
  return {
    ruleVersion: 'aaaaaaaaaaaa',
    treated: errors.map((errorPerSpread) => ({
      errorPerSpread,
      ...(spreadInSigmas !== undefined && { spreadInSigmas }),
    })),
    controls: CONTROLS.map((errorPerSpread) => ({ atMs: 0, targetKey: 'x', errorPerSpread })),
  };
}

const LUCKY = [1.5];
const STEADY = [1.4, 2.1, 0.7, 1.9, 2.6, 1.2, 1.7, 1.1, 1.6, 1.3];

describe('what rules gain', () => {
  it('is shrunk the more the less is known', () => {
    const gains = gainsOf(
      new Map([
        ['lucky', outcomesOf(LUCKY, 1)],
        ['steady', outcomesOf(STEADY, 1)],
      ]),
    );
    expect(gains.get('lucky')!).toBeLessThan(1);
    expect(gains.get('steady')!).toBeGreaterThan(1.2);
  });

  it('is in standard deviations of the signal, so that rules on quiet and on noisy forecasts can be compared', () => {
    const [half, whole] = [0.5, 1].map((sigmas) => gainsOf(new Map([['a', outcomesOf(STEADY, sigmas)]])));
    expect(half!.get('a')).toBeCloseTo(0.5 * whole!.get('a')!, 12);
  });

  it('is not known of a rule without controls, or from before the standard deviation was kept', () => {
    const alone = { ...outcomesOf(STEADY, 1), controls: [] };
    expect(
      gainsOf(
        new Map([
          ['alone', alone],
          ['old', outcomesOf(STEADY)],
        ]),
      ),
    ).toEqual(new Map());
  });
});

describe('the variance of the effects of rules', () => {
  it('is the one of most likelihood about none, with one rule more of 0.25', () => {
    // scipy.optimize.brentq of sum(w**2 * (d**2 - u - t)) + mean(w**2) * (0.25 - t) = 0 with w = 1 / (t + u)
    const measured = [
      { effect: 0.9, errorVariance: 0.1 },
      { effect: -0.2, errorVariance: 0.05 },
      { effect: 1.4, errorVariance: 0.4 },
    ];
    expect(effectVariance(measured)).toBeCloseTo(0.44737784, 6);
  });

  it('is small where all effects are what chance makes of none', () => {
    const none = Array.from({ length: 20 }, (_, index) => ({
      effect: index % 2 === 0 ? 0.3 : -0.3,
      errorVariance: 0.1,
    }));
    expect(effectVariance(none)).toBeLessThan(0.02);
  });

  it('is what is thought possible while nothing is known', () => expect(effectVariance([])).toBe(0.25));
});
