import { framesOf } from '../testing/prometheus-frames';
import { instant, recorded } from '../testing/recording';
import { migrateOptions } from './migration';
import { DEFAULTS } from './options';
import { suggestionsSupplier } from './suggestions';

describe('migrateOptions', () => {
  it('gives what an older version did not save its default, and drops what is not known', () => {
    expect(migrateOptions({ options: { maxTrends: 4, gone: true } })).toEqual({ ...DEFAULTS, maxTrends: 4 });
    expect(migrateOptions({ options: undefined })).toEqual(DEFAULTS);
  });

  it('replaces what cannot be', () => {
    const broken = {
      views: ['score', 'nonsense', 'score'],
      arrangement: 'upside-down',
      maxTrends: NaN,
      showBand: 'yes',
    };
    expect(migrateOptions({ options: broken })).toEqual({ ...DEFAULTS, views: ['score'] });
  });
});

describe('suggestionsSupplier', () => {
  it('suggests a view for each that the frames can fill, to Grafana 12.3 and to later ones', () => {
    const rawFrames = framesOf(recorded('range'), { shape: 'series' });
    const names = suggestionsSupplier({ rawFrames }).map(({ name }) => name);
    expect(names).toHaveLength(6);
    const appended: object[] = [];
    suggestionsSupplier.getSuggestionsForData({
      data: { series: rawFrames },
      getListAppender: () => ({ append: (suggestion) => appended.push(suggestion) }),
    });
    expect(appended).toHaveLength(6);
  });

  it('suggests nothing for data of something else', () => {
    const rawFrames = framesOf([instant('node_load1', { instance: 'a' }, 1)], { shape: 'series' });
    expect(suggestionsSupplier({ rawFrames })).toEqual([]);
    expect(suggestionsSupplier({})).toEqual([]);
  });
});
