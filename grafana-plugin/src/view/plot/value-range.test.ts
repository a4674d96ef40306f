import { valueRange } from './value-range';

const free = { thresholds: [], min: undefined, max: undefined };

describe('valueRange', () => {
  it('is none without data, so that no axis shows numbers that nobody measured', () => {
    const thresholds = [{ severity: 'warning', value: 0.9, bad: 'above' }] as const;
    expect(valueRange(null, null, { ...free, thresholds })).toEqual([null, null]);
    expect(valueRange(null, null, { ...free, min: 0 })).toEqual([null, null]);
  });

  it('is that of the configuration without data, where it fixes both ends', () => {
    expect(valueRange(null, null, { ...free, min: 0, max: 100 })).toEqual([0, 100]);
  });

  it('holds the data with a little air, and begins at zero where the air would go below it', () => {
    expect(valueRange(50, 100, free)).toEqual([46, 104]);
    expect(valueRange(1, 100, free)[0]).toBe(0);
    expect(valueRange(-50, -10, free)).toEqual([-53.2, -6.8]);
  });

  it('holds a flat line in its middle, whatever its size', () => {
    for (const value of [1e15, 0.000001234, -7]) {
      const [low, high] = valueRange(value, value, free);
      expect((low! + high!) / 2 / value).toBeCloseTo(1, 9);
      expect(high! - low!).toBeCloseTo(Math.abs(value) * 0.2, 9);
    }
  });

  it('shows a threshold that is near, and none that would flatten the data', () => {
    const near = [{ severity: 'critical', value: 110, bad: 'above' }] as const;
    const far = [{ severity: 'critical', value: 900, bad: 'above' }] as const;
    expect(valueRange(50, 100, { ...free, thresholds: near })[1]).toBeGreaterThan(110);
    expect(valueRange(50, 100, { ...free, thresholds: far })[1]).toBe(104);
  });
});
