import { describe, expect, it } from '@jest/globals';
import { evidenceOf } from './evidence.ts';

const TREATED = [1.4, 2.1, 0.7, 1.9, 2.6, 1.2];
const CONTROLS = [-0.4, 0.3, 0.9, -1.1, 0.2, -0.6, 1.3, 0.0, -0.2, 0.5];

const turned = (values: readonly number[]) => values.map((value) => -value);

describe('evidence over episodes', () => {
  it('is that of the formulas in numpy and scipy', () => {
    // v = 1/n + 1/m; k = v / (v + 0.25); nu = n + m - 2; t2 = d**2 / (v * s2)
    // e = sqrt(k) * ((1 + k * t2 / nu) / (1 + t2 / nu)) ** (-(nu + 1) / 2) * 2 * norm.cdf(sqrt(t2 * (1 - k)))
    // B = (10 / sqrt(k)) ** (2 / (nu + 1)); half = sqrt(v * s2 * nu * (B - 1) / (1 - k * B))
    const found = evidenceOf(TREATED, CONTROLS)!;
    expect(found.effect).toBeCloseTo(1.56, 9);
    expect(found.errorVariance).toBeCloseTo(0.13150476190476193, 12);
    expect(found.eValue).toBeCloseTo(16.083891, 4);
    expect(found.interval!.high - found.effect).toBeCloseTo(1.7038077248, 9);
    expect(found).toMatchObject({ treated: 6, controls: 10, conclusion: 'not_enough' });
  });

  it('proves with one more that it helps, and the other way round that it harms', () => {
    expect(evidenceOf([...TREATED, 1.7], CONTROLS)!.conclusion).toBe('helps');
    const harm = evidenceOf(turned([...TREATED, 1.7]), turned(CONTROLS))!;
    expect(harm.conclusion).toBe('harms');
    expect(harm.interval!.high).toBeLessThan(0);
  });

  it('has an interval that is on one side of 0 whenever that side is proven', () => {
    for (let more = 0; more < 60; more++) {
      const found = evidenceOf([...TREATED, ...Array<number>(more).fill(0.9)], CONTROLS)!;
      if (found.conclusion === 'helps') expect(found.interval!.low).toBeGreaterThan(0);
    }
  });

  it('concludes no effect once all that is possible is too small to count, proven or not', () => {
    const many = Array.from({ length: 15 }, () => [0.05, -0.1, 0.02, 0.08]).flat();
    const quiet = Array.from({ length: 4 }, () => CONTROLS.map((value) => 0.3 * value)).flat();
    expect(evidenceOf(many, quiet, 0.1)!.conclusion).toBe('no_effect');
    expect(evidenceOf(many, quiet, 0.09)!.conclusion).toBe('not_enough');
    const alike = many.map((value) => value + 0.5);
    expect(evidenceOf(alike, quiet, 0.1)!.conclusion).toBe('helps');
    expect(evidenceOf(alike, quiet, 1)!.conclusion).toBe('no_effect');
  });

  it('is without an interval while anything is possible', () => {
    expect(evidenceOf([1.4], CONTROLS)).toMatchObject({ conclusion: 'not_enough' });
    expect(evidenceOf([1.4], CONTROLS)).not.toHaveProperty('interval');
  });

  it('is none of too few, or of what does not vary', () => {
    expect(evidenceOf([], CONTROLS)).toBeUndefined();
    expect(evidenceOf([1], [0])).toBeUndefined();
    expect(evidenceOf([1, 1], [0, 0])).toBeUndefined();
  });
});
