import { expect, it } from '@jest/globals';
import { proofOf, smallestSeen } from './sensitivity.ts';

const judgement = {
  ...{ verdict: 'no_effect' as const, method: 1, spread: 1, minimum: 0.5 },
  moments: { count: 40, effective: 40, lowered: false, mean: 0, low: -1.645, high: 1.645 },
};

it('an effect is seen 8 times in 10 where 8 in 10 normal errors pass the bound', () => {
  // scipy.stats.norm.sf(1.645 - 2.4866) = 0.8
  expect(smallestSeen(judgement)).toBeCloseTo(2.4866, 4);
  // The least that counts may be further out than the bound.
  expect(smallestSeen({ ...judgement, minimum: 3 })).toBeCloseTo(3.8416, 4);
});

it('no effect is seen where too few moments say where the bound is', () => {
  const { high: _high, ...moments } = judgement.moments;
  expect(smallestSeen({ ...judgement, moments })).toBeUndefined();
});

it('the proof of an effect takes as many episodes as its size in spreads and the controls say', () => {
  expect(proofOf({ sigma: 3, spread: 1.5 }, 40)).toEqual([
    { sigmas: 0.5, effect: 1.5, episodes: 22 },
    { sigmas: 1, effect: 3, episodes: 6 },
    { sigmas: 2, effect: 6, episodes: 3 },
  ]);
  expect(proofOf({ sigma: 1, spread: 1 }, 1)[2]).toEqual({ sigmas: 2, effect: 2 });
});
