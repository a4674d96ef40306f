import { expect, it } from '@jest/globals';
import { sampleAt } from './recorded-series.ts';

const series = {
  labels: {},
  samples: [
    { atMs: 10_000, value: 1 },
    { atMs: 20_000, value: 2 },
    { atMs: 30_000, value: 'stale' as const },
    { atMs: 400_000, value: 3 },
  ],
};

it.each([
  [9_999, undefined],
  [10_000, { value: 1, atMs: 10_000 }],
  [29_999, { value: 2, atMs: 20_000 }],
  [30_000, undefined],
  [399_999, undefined],
  [699_999, { value: 3, atMs: 400_000 }],
  [700_000, undefined],
])('at %d ms a series has its last sample, unless it has ended or is five minutes old', (atMs, found) => {
  expect(sampleAt(series, atMs)).toEqual(found);
});
