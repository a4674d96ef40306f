import { describe, expect, it } from '@jest/globals';
import { readSeries } from './series.ts';

describe("values in promtool's notation", () => {
  it.each([
    ['1+2x3', [1, 3, 5, 7]],
    ['10-5x2', [10, 5, 0]],
    ['5x2', [5, 5, 5]],
    ['0.5 _ 3', [0.5, 'nothing', 3]],
    ['_x2 1 stale', ['nothing', 'nothing', 1, 'stale']],
    ['1e-3+1e-3x1', [0.001, 0.002]],
    ['NaN -Inf', [Number.NaN, -Infinity]],
  ])('reads %s', (notation, steps) => {
    expect(readSeries(notation)).toEqual({ steps });
  });

  it.each([
    ['1+2', '1+2'],
    ['1 two 3', 'two'],
    ['1x99999999', '1x99999999'],
    ['_x99999999', '_x99999999'],
  ])('says what is wrong in %s', (notation, wrong) => {
    expect(readSeries(notation)).toEqual({ wrong });
  });
});
