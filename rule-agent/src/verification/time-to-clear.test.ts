import { describe, expect, it } from '@jest/globals';
import { quartilesOf, survivalOf } from './time-to-clear.ts';

/** With a + those that were seen no longer. */
const lastings = (...written: string[]) =>
  written.map((one) => ({ forMs: Number.parseInt(one, 10), cleared: !one.endsWith('+') }));

// from statsmodels.duration.survfunc import SurvfuncRight
// s = SurvfuncRight([3,5,5,8,8,8,12,14,14,20,21,30,30,45], [1,1,0,1,1,0,1,1,0,1,0,1,0,0])
// s.surv_times, s.surv_prob, [s.quantile(p) for p in (.25, .5, .75)]    (statsmodels 0.14)
const FOURTEEN = lastings(
  ...['3', '5', '5+', '8', '8', '8+', '12', '14', '14+', '20', '21+', '30', '30+', '45+'],
);

describe('how long firings last by themselves', () => {
  it('is the estimate of Kaplan and Meier: as statsmodels has it', () => {
    const expected = [
      [3, 0.928571],
      [5, 0.857143],
      [8, 0.701299],
      [12, 0.613636],
      [14, 0.525974],
      [20, 0.420779],
      [30, 0.280519],
    ] as const;
    const found = survivalOf(FOURTEEN);
    expect(found.map(({ atMs }) => atMs)).toEqual(expected.map(([atMs]) => atMs));
    for (const [index, [, share]] of expected.entries()) expect(found[index]!.share).toBeCloseTo(share, 6);
  });

  it('has quartiles, as far as so many were seen to end', () => {
    expect(quartilesOf(FOURTEEN)).toEqual({ lowerMs: 8, medianMs: 20 });
    expect(quartilesOf(lastings('2', '4+', '4+', '6', '7+', '9+'))).toEqual({ lowerMs: 6 });
    expect(quartilesOf(lastings('5+', '6+'))).toEqual({});
    expect(quartilesOf([])).toEqual({});
  });

  it('has a quartile as soon as no more than so many are left', () => {
    expect(quartilesOf(lastings('1', '2', '3', '4'))).toEqual({ lowerMs: 1, medianMs: 2, upperMs: 3 });
  });
});
