import { range, setOf } from '../../testing/recording';
import { readTrends, type Trend } from '../../model/trends';
import { extentOfBands } from './draw-bands';

const [plain] = readTrends(setOf([range('evenkeel:signal:value', { signal: 'load' }, [1, 2, 3])]));
const trend = (parts: Partial<Trend>): Trend => ({ ...plain!, ...parts });

describe('extentOfBands', () => {
  it('reaches from the least to the greatest value of normal range and forecast', () => {
    const band = { low: [null, 2, 1], high: [null, 4, 5] };
    const forecast = { timesMs: [3, 4], center: [3, 6], low: [3, 0.5], high: [3, 11] };
    expect(extentOfBands(trend({ band, forecast }))).toEqual([0.5, 11]);
    expect(extentOfBands(trend({ band }))).toEqual([1, 5]);
  });

  it('is undefined where neither is known', () => {
    expect(extentOfBands(trend({}))).toBeUndefined();
    expect(extentOfBands(trend({ band: { low: [null, null], high: [null, null] } }))).toBeUndefined();
  });
});
