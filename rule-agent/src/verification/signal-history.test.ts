import { describe, expect, it } from '@jest/globals';
import { fillGaps, RunningMeans } from './signal-history.ts';

const series = (...values: number[]) => Float64Array.from(values);

describe('gaps', () => {
  it('of up to three points are filled with the last value before them', () => {
    expect([...fillGaps(series(1, NaN, NaN, NaN, 2))]).toEqual([1, 1, 1, 1, 2]);
  });

  it('that are longer stay, as does what was never there', () => {
    expect([...fillGaps(series(1, NaN, NaN, NaN, NaN, 2))]).toEqual([1, NaN, NaN, NaN, NaN, 2]);
    expect([...fillGaps(series(NaN, 2, NaN))]).toEqual([NaN, 2, NaN]);
  });
});

describe('running means', () => {
  const means = new RunningMeans(series(1, 3, NaN, 8));

  it('are of what is there', () => {
    expect(means.mean(0, 2)).toBe(2);
    expect(means.mean(1, 4)).toBe(5.5);
    expect(means.mean(2, 3)).toBeNaN();
    expect(means.mean(-5, 1)).toBe(1);
  });

  it('know how much that is', () => {
    expect(means.coverage(0, 4)).toBe(0.75);
    expect(means.coverage(2, 6)).toBe(0.25);
    expect(means.coverage(6, 8)).toBe(0);
  });
});
