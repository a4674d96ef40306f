import { describe, expect, it } from '@jest/globals';
import { quantileOfSorted, robustScale } from './scale.ts';

describe('a robust scale', () => {
  it('is the median and 1.4826 times the median absolute deviation, of what is there', () => {
    expect(robustScale(Float64Array.of(10, NaN, 0, 3, 1, 2))).toMatchObject({ median: 2, sigma: 1.4826 });
    expect(robustScale(Float64Array.of(1, 2, 3, 40))).toMatchObject({ median: 2.5, sigma: 1.4826 });
  });

  it('is of the mean deviation where more than half is the same', () => {
    expect(robustScale(Float64Array.of(0, 0, 0, 0, 5))).toMatchObject({ median: 0, sigma: 1.2533 });
    expect(robustScale(Float64Array.of(5, 0, 0, 0, -5))).toMatchObject({ median: 0, sigma: 2 * 1.2533 });
  });

  it('is 0 where nothing moves', () => {
    expect(robustScale(Float64Array.of(7, 7, 7)).sigma).toBe(0);
    expect(robustScale(new Float64Array(0)).sigma).toBeNaN();
  });
});

it('interpolates between two values, as numpy does by default', () => {
  // numpy.quantile([0, 1, 4, 9], 0.9)
  expect(quantileOfSorted(Float64Array.of(0, 1, 4, 9), 0.9)).toBeCloseTo(7.5, 12);
});
