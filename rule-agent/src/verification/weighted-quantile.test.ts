import { describe, expect, it } from '@jest/globals';
import { effectiveNumber, weightedMean, weightedQuantile } from './weighted-quantile.ts';

const VALUES = [
  3.1, -0.4, 2.2, 9.7, 0.05, 1.3, -2.6, 4.4, 5.0, 0.9, 7.1, -1.1, 2.8, 3.3, 6.2, 0.1, -0.7, 1.9, 8.5, 2.5,
];
const alike = VALUES.map((value) => ({ value, weight: 1 }));

describe('a weighted quantile', () => {
  // numpy.quantile(values, share, method='weibull'), numpy 2
  it.each([
    [0.05, -2.525],
    [0.25, 0.0625],
    [0.5, 2.35],
    [0.9, 8.36],
    [0.95, 9.64],
  ])('of weights 1 at %d is that of numpy', (share, expected) => {
    expect(weightedQuantile(alike, share)).toBeCloseTo(expected, 9);
  });

  it('is not known beyond the outermost value', () => {
    const few = alike.slice(0, 18);
    expect(weightedQuantile(few, 0.05)).toBe(-Infinity);
    expect(weightedQuantile(few, 0.95)).toBe(Infinity);
    expect(weightedQuantile([], 0.5)).toBe(Infinity);
  });

  it('is known of nineteen, whose outermost stand right there', () => {
    const nineteen = alike.slice(0, 19);
    expect(weightedQuantile(nineteen, 0.05)).toBe(-2.6);
    expect(weightedQuantile(nineteen, 0.95)).toBe(9.7);
  });

  it('hardly sees what hardly weighs', () => {
    const outlier = [...alike, { value: 1_000, weight: 1e-6 }];
    expect(weightedQuantile(outlier, 0.5)).toBeCloseTo(2.35, 4);
  });
});

it('counts as many as say as much', () => {
  expect(effectiveNumber(alike)).toBe(20);
  expect(effectiveNumber([{ weight: 1 }, { weight: 0.5 }])).toBe(1.5);
  expect(effectiveNumber([{ weight: 3 }, ...Array.from({ length: 9 }, () => ({ weight: 0.1 }))])).toBeCloseTo(
    1.673,
    3,
  );
  expect(effectiveNumber([])).toBe(0);
});

it('averages by weight', () => {
  expect(
    weightedMean([
      { value: 1, weight: 3 },
      { value: 5, weight: 1 },
    ]),
  ).toBe(2);
});
