import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SlidingWindow } from './sliding-window.ts';

const points = fc.array(fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }), { maxLength: 60 });

function windowOf(values: readonly (number | undefined)[], capacity: number): SlidingWindow {
  const window = new SlidingWindow(capacity);
  for (const value of values) window.push(value);
  return window;
}

describe('SlidingWindow', () => {
  it('interpolates between ranks as Prometheus does', () => {
    const window = windowOf([4, 1, 3, 2], 10);
    expect([0, 0.3, 0.5, 1].map((share) => window.quantile(share))).toEqual([1, 1.9, 2.5, 4]);
  });

  it('has the standard deviation of the population', () => {
    expect(windowOf([2, 4, 4, 4, 5, 5, 7, 9], 10).standardDeviation()).toBe(2);
  });

  it('knows at any time only the last points, holes included', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 9 }), (values, capacity) => {
        const last = values.slice(-capacity).filter((value) => value !== undefined);
        const window = windowOf(values, capacity);
        expect(window.count).toBe(last.length);
        if (last.length === 0) return;
        expect(window.quantile(0)).toBe(Math.min(...last));
        expect(window.quantile(1)).toBe(Math.max(...last));
        expect(window.mean()).toBeCloseTo(last.reduce((sum, value) => sum + value, 0) / last.length, 12);
      }),
    );
  });

  it('goes its own way after a fork', () => {
    const window = windowOf([1, 2, 3], 3);
    const fork = window.fork();
    fork.push(100);
    expect([window.quantile(1), fork.quantile(1)]).toEqual([3, 100]);
  });
});
