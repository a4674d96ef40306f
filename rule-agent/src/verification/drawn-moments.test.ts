import { describe, expect, it } from '@jest/globals';
import { drawnMoments } from './drawn-moments.ts';

const grid = { firstMs: 1_000_000, pointMs: 60_000 };
const moment = (at: number | undefined, weight = 1) => ({ value: 0, weight, at });

describe('drawnMoments', () => {
  it('gives the times of all moments while they are few', () => {
    expect(drawnMoments([moment(0), moment(2)], grid)).toEqual([1_000_000, 1_120_000]);
  });

  it('draws 40 evenly of more, whatever their number', () => {
    for (const count of [41, 79, 80, 1_000]) {
      const times = drawnMoments(
        Array.from({ length: count }, (_, at) => moment(at)),
        grid,
      );
      expect(new Set(times).size).toBe(40);
      const gaps = times.slice(1).map((time, index) => (time - times[index]!) / grid.pointMs);
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    }
  });

  it('leaves out what was kept of other targets, and what hardly weighs', () => {
    expect(drawnMoments([moment(undefined), moment(1, 0.05), moment(3, 0.5)], grid)).toEqual([1_180_000]);
  });
});
