import { describe, expect, it } from '@jest/globals';
import { Random } from '../../../test/bench/suites/verdicts/random.ts';
import { evidenceOf } from './evidence.ts';

const TREATED = [1.4, 2.1, 0.7, 1.9, 2.6, 1.2];
const CONTROLS = [-0.4, 0.3, 0.9, -1.1, 0.2, -0.6, 1.3, 0.0, -0.2, 0.5];

describe('evidence over episodes', () => {
  it('is that of the formula in numpy and scipy', () => {
    // sqrt(k) ((1 + k t^2/nu) / (1 + t^2/nu))^(-(nu+1)/2) 2 norm.cdf(t sqrt(1 - k)) with k = v / (v + 0.25)
    const found = evidenceOf(TREATED, CONTROLS)!;
    expect(found.eValue).toBeCloseTo(16.083891, 4);
    expect(found.high - found.effect).toBeCloseTo(1.1963818962, 9);
    expect(found).toMatchObject({ treated: 6, controls: 10, proven: undefined });
  });

  it('proves with one more that it helps, and the other way round that it harms', () => {
    expect(evidenceOf([...TREATED, 1.7], CONTROLS)!.proven).toBe('helps');
    const turned = (values: readonly number[]) => values.map((value) => -value);
    const harm = evidenceOf(turned([...TREATED, 1.7]), turned(CONTROLS))!;
    expect(harm.proven).toBe('harms');
    expect(harm.high).toBeLessThan(0);
  });

  it('is none of too few, or of what does not vary', () => {
    expect(evidenceOf([], CONTROLS)).toBeUndefined();
    expect(evidenceOf([1], [0])).toBeUndefined();
    expect(evidenceOf([1, 1], [0, 0])).toBeUndefined();
  });

  it.each([8, 20, 80])(
    'is rarely wrong in 60 episodes of no effect that are looked at after each: %d controls',
    (m) => {
      const random = new Random(m);
      const drawn = (count: number) => Array.from({ length: count }, () => random.heavy());
      const wrong = Array.from({ length: 200 }, () => isEverProven(drawn(60), drawn(m))).filter(Boolean);
      expect(wrong.length).toBeLessThanOrEqual(10);
    },
  );

  it('finds an effect of two sigmas within eight episodes, nearly always', () => {
    const random = new Random(5);
    const drawn = (count: number, by: number) => Array.from({ length: count }, () => random.normal() + by);
    const found = Array.from({ length: 100 }, () => isEverProven(drawn(8, 2), drawn(40, 0))).filter(Boolean);
    expect(found.length).toBeGreaterThan(80);
  });
});

function isEverProven(treated: readonly number[], controls: readonly number[]): boolean {
  return treated.some((_, index) => evidenceOf(treated.slice(0, index + 1), controls)?.proven === 'helps');
}
