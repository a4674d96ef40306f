import { describe, expect, it } from '@jest/globals';
import { seeded } from '@evenkeel/toolkit/testing';
import { evidenceOf } from './evidence.ts';
import { episodesUntilProof } from './until-proof.ts';

describe('the number of episodes until proof', () => {
  it('is, with 40 controls, 22 for an effect of a spread, 10 for 1.4, 6 for 2, 3 for 4', () => {
    expect([1, 1.4, 2, 4].map((effect) => episodesUntilProof(effect, 40))).toEqual([22, 10, 6, 3]);
  });

  it('grows as controls or the effect get smaller, until none would do', () => {
    expect([200, 80, 40, 20, 10].map((controls) => episodesUntilProof(2, controls))).toEqual([
      5, 5, 6, 7, 12,
    ]);
    expect(episodesUntilProof(0.5, 40)).toBeUndefined();
    expect(episodesUntilProof(0, 200)).toBeUndefined();
    expect(episodesUntilProof(9, 1)).toBeUndefined();
  });

  it.each([
    [1.4, 40],
    [2, 20],
    [2, 10],
  ])('is about what it takes rules with an effect of %f and %i controls', (effect, controls) => {
    const random = seeded(15);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const took = Array.from({ length: 200 }, () => {
      const left = Array.from({ length: controls }, normal);
      const treated: number[] = [];
      while (treated.length < 60) {
        treated.push(normal() + effect);
        if (evidenceOf(treated, left)?.conclusion === 'helps') return treated.length;
      }
      return Infinity;
    }).sort((a, b) => a - b);
    const expected = episodesUntilProof(effect, controls)!;
    // 8 of 10; by chance 7 to 9.
    expect(took[Math.floor(0.9 * took.length)]).toBeGreaterThanOrEqual(expected);
    expect(took[Math.floor(0.7 * took.length)]).toBeLessThanOrEqual(expected);
  });
});
