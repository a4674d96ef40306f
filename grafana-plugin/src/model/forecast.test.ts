import fc from 'fast-check';
import { forecastOf } from './forecast';

const series = (values: Array<number | null>) => ({ timesMs: values.map((_, index) => index * 60_000), values });

describe('forecastOf', () => {
  it('goes on at the level of a flat series, with an interval that widens by its noise', () => {
    const noisy = Array.from({ length: 100 }, (_, index) => 10 + (index % 2 === 0 ? 0.5 : -0.5));
    const { center, low, high } = forecastOf(series(noisy))!;
    expect(center.at(-1)).toBeGreaterThan(9);
    expect(center.at(-1)).toBeLessThan(11);
    expect(high.at(-1)! - low.at(-1)!).toBeGreaterThan(high[1]! - low[1]! - 1e-9);
    expect(low[0]).toBe(high[0]);
  });

  it('follows a slope for a while', () => {
    const { center } = forecastOf(series(Array.from({ length: 100 }, (_, index) => index)))!;
    expect(center.at(-1)).toBeGreaterThan(103);
    expect(center.at(-1)).toBeLessThanOrEqual(112);
  });

  it('says nothing of few samples, of gaps, of a series that ends in one', () => {
    expect(forecastOf(series([1, 2, 3]))).toBeUndefined();
    expect(forecastOf(series(Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 1 : null))))).toBeUndefined();
    expect(forecastOf(series([...Array.from({ length: 50 }, () => 1), null]))).toBeUndefined();
    expect(
      forecastOf({ timesMs: Array.from({ length: 20 }, () => 5), values: Array.from({ length: 20 }, () => 1) })
    ).toBeUndefined();
  });

  it('is finite, in order, and never negative for what never was', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 12, maxLength: 400 });
    fc.assert(
      fc.property(values, (all) => {
        const { timesMs, center, low, high } = forecastOf(series(all))!;
        timesMs.forEach((_, index) => {
          expect(low[index]).toBeGreaterThanOrEqual(0);
          expect(low[index]).toBeLessThanOrEqual(center[index]!);
          expect(center[index]).toBeLessThanOrEqual(high[index]!);
          expect(Number.isFinite(high[index])).toBe(true);
        });
      })
    );
  });
});
