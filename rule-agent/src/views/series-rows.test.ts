import { describe, expect, it } from '@jest/globals';
import { expectedLevel, toMomentRows, toSeriesRows } from './series-rows.ts';

const MINUTE_MS = 60_000;
const judgement = {
  verdict: 'improved' as const,
  method: 1,
  observed: 0.2,
  counterfactual: 0.5,
  low: 0.1,
  high: 0.4,
};

/** Ten minutes before an action at minute 20 and 10 after; 5 at the moment of minute 3, which then falls by one a minute. */
const values = Float64Array.from({ length: 31 }, (_, minute) => (minute < 10 ? 8 - minute : minute));
const of = {
  episode: 'e1',
  signal: { firstMs: 0, pointMs: MINUTE_MS, values },
  times: { sentMs: 20.5 * MINUTE_MS, fromMs: 22 * MINUTE_MS, toMs: 24 * MINUTE_MS },
};
const at = (minute: number) => new Date(minute * MINUTE_MS).toISOString();

describe('expectedLevel', () => {
  it('puts the interval of the effect about what was seen, on the side that is worse', () => {
    expect(expectedLevel(judgement, 'lower')).toEqual({
      ...{ counterfactual: 0.5, counterfactual_low: 0.2 + 0.1, counterfactual_high: 0.2 + 0.4 },
    });
    expect(expectedLevel({ ...judgement, observed: 0.8 }, 'higher')).toEqual({
      ...{ counterfactual: 0.5, counterfactual_low: 0.8 - 0.4, counterfactual_high: 0.8 - 0.1 },
    });
  });

  it('has no end where the interval has none, and is nothing where nothing was measured', () => {
    const { high: _, ...oneSided } = judgement;
    expect(expectedLevel(oneSided, 'lower')).toMatchObject({ counterfactual_high: null });
    expect(expectedLevel({ verdict: 'inconclusive:missing_data', method: 1 }, 'lower')).toBeUndefined();
    expect(expectedLevel(undefined, 'lower')).toBeUndefined();
  });
});

describe('toSeriesRows', () => {
  const rows = toSeriesRows(
    of,
    { fromMs: 19 * MINUTE_MS, toMs: 26 * MINUTE_MS },
    expectedLevel(judgement, 'lower'),
  );

  it('gives a row a point, from the first to the last that is shown', () => {
    expect(rows.map((row) => row.at)).toEqual([19, 20, 21, 22, 23, 24, 25, 26].map(at));
    expect(rows[0]).toMatchObject({ episode: 'e1', observed: 19 });
  });

  it('says what was to be expected in the measured window, and only there', () => {
    const expected = rows.filter(({ counterfactual }) => counterfactual !== null);
    expect(expected.map((row) => row.at)).toEqual([23, 24].map(at));
  });

  it('says that a point is missing', () => {
    const gap = { ...of, signal: { ...of.signal, values: values.with(21, NaN) } };
    const shown = toSeriesRows(gap, { fromMs: 21 * MINUTE_MS, toMs: 21 * MINUTE_MS }, undefined);
    expect(shown).toMatchObject([{ observed: null, counterfactual: null }]);
  });
});

describe('toMomentRows', () => {
  it('puts what followed a moment where the episode began, at the value that it had then', () => {
    const rows = toMomentRows(of, [3 * MINUTE_MS]);
    expect(rows.map(({ value }) => value)).toEqual([20, 19, 18, 17, 16]);
    expect(rows.map((row) => row.at)).toEqual([20, 21, 22, 23, 24].map(at));
    expect(new Set(rows.map(({ moment }) => moment))).toEqual(new Set([at(3)]));
  });

  it('leaves out what is not known, of a moment and of the episode', () => {
    const nothing = values.map(() => NaN);
    expect(toMomentRows({ ...of, signal: { ...of.signal, values: nothing } }, [3 * MINUTE_MS])).toEqual([]);
    const gap = { ...of, signal: { ...of.signal, values: values.with(4, NaN) } };
    expect(toMomentRows(gap, [3 * MINUTE_MS]).map(({ value }) => value)).toEqual([20, 18, 17, 16]);
    expect(toMomentRows(of, [-100 * MINUTE_MS])).toEqual([]);
  });
});
