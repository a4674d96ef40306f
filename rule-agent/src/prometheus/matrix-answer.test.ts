import { atOnce } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mutated } from '../../test/mutations.ts';
import { Matrix } from './matrix.ts';
import { readMatrixAnswer } from './matrix-answer.ts';
import { valueAt } from './range.ts';

const GRID = { startMs: 60_000, stepMs: 15_000, points: 4 };

function matrixText(result: unknown, extra: object = {}): string {
  return JSON.stringify({ status: 'success', ...extra, data: { resultType: 'matrix', result } });
}

function read(text: string) {
  const matrix = new Matrix(GRID);
  const answer = atOnce(readMatrixAnswer(text, { matrix, piece: GRID, first: 0 }));
  if (!answer.ok) return answer;
  return matrix.series.map((series) => [0, 1, 2, 3].map((point) => valueAt(series, point)));
}

const twoPoints = { metric: { job: 'a' }, values: [[60, '1'], [90, '2']] }; // prettier-ignore

describe('a matrix', () => {
  it('has a number where there is one, and nothing where there is nothing', () => {
    expect(read(matrixText([twoPoints]))).toEqual([[1, undefined, 2, undefined]]);
  });

  it.each(['NaN', '+Inf', '-Inf', ''])('makes no number of %j', (text) => {
    const values = [[60, '1'], [75, text]]; // prettier-ignore
    expect(read(matrixText([{ metric: {}, values }]))).toEqual([[1, text, undefined, undefined]]);
  });

  it('keeps native histograms from being taken for numbers', () => {
    const histograms = [[60, { count: '1', sum: '1', buckets: [[0, '1', '2', '1']] }]];
    expect(read(matrixText([{ metric: {}, histograms }]))).toEqual([
      ['a histogram', undefined, undefined, undefined],
    ]);
    const values = [[75, '2']];
    expect(read(matrixText([{ metric: {}, values, histograms }]))).toEqual([
      ['a histogram', 2, undefined, undefined],
    ]);
  });

  it('refuses an answer with a series twice: one of the two would be lost', () => {
    const other = { metric: { job: 'a' }, values: [[75, '1']] };
    expect(read(matrixText([twoPoints, other]))).toEqual({
      ok: false,
      fault: 'nonsense',
      because: 'the answer has the series {job="a"} twice',
    });
  });

  it.each([
    ['twice', [[60, '1'], [60, '2']]],
    ['in another order', [[75, '1'], [60, '2']]],
    ['between those asked for', [[61, '1']]],
    ['before them', [[45, '1']]],
    ['after them', [[120, '1']]],
  ])('refuses points %s', (_what, values) => {
    expect(read(matrixText([{ metric: {}, values }]))).toEqual({
      ok: false,
      fault: 'nonsense',
      because: 'the series {} has points that were not asked for',
    });
  }); // prettier-ignore

  it('refuses warnings, parts and errors, as a vector does', () => {
    expect(read(matrixText([twoPoints], { warnings: ['b is down'] }))).toMatchObject({ fault: 'partial' });
    expect(read(matrixText([twoPoints], { isPartial: true }))).toMatchObject({ fault: 'partial' });
    expect(read('{"status":"error","error":"parse error"}')).toMatchObject({ fault: 'query' });
  });

  it.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['a vector', '{"status":"success","data":{"resultType":"vector","result":[]}}'],
    ['a series without points', matrixText([{ metric: {} }])],
    ['values as numbers', matrixText([{ metric: {}, values: [[60, 1]] }])],
    ['a histogram without a time', matrixText([{ metric: {}, histograms: [{}] }])],
  ])('answers %s with a reason', (_what, text) => {
    expect(read(text)).toMatchObject({ ok: false, fault: 'nonsense' });
  });

  it('never throws, and never lets a number through that is not finite', () => {
    const anything = fc.oneof(fc.string(), fc.json(), mutated(JSON.parse(matrixText([twoPoints]))));
    fc.assert(
      fc.property(anything, (text) => {
        const found = read(text);
        if (!Array.isArray(found)) return;
        for (const value of found.flat())
          expect(typeof value !== 'number' || Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of megabytes is cut and read as a small one is', () => {
    const values = [60, 75, 90, 105].map((seconds) => [seconds, '0.5']);
    const result = Array.from({ length: 5_000 }, (_, index) => ({
      metric: { job: `j${index}},{"metric":` },
      values,
    }));
    expect(read(matrixText(result))).toEqual(Array(5_000).fill([0.5, 0.5, 0.5, 0.5]));
  });
});
