import { type DataFrame, dateTime, LoadingState, type PanelData } from '@grafana/data';
import { framesOf } from '../testing/prometheus-frames';
import { recorded } from '../testing/recording';
import { isAskedAgain } from './operation';

const timeRange = { from: dateTime(0), to: dateTime(1), raw: { from: 'now-1h', to: 'now' } };
const given = (state: LoadingState, series: DataFrame[]): PanelData => ({ state, series, timeRange });
/** What Grafana makes of frames when it puts field configuration on them. */
const anew = (frames: readonly DataFrame[]) =>
  frames.map((frame) => ({ ...frame, fields: frame.fields.map((field) => ({ ...field, config: { unit: 's' } })) }));

describe('isAskedAgain', () => {
  const frames = framesOf(recorded('range'), { shape: 'series' });
  const before = given(LoadingState.Done, frames);

  it('knows the samples of before in the frames that Grafana makes anew while a query is under way', () => {
    expect(isAskedAgain(given(LoadingState.Loading, anew(frames)), before)).toBe(true);
  });

  it('is not an answer, even one with the same samples: its field configuration may be another', () => {
    expect(isAskedAgain(given(LoadingState.Done, anew(frames)), before)).toBe(false);
  });

  it('is not the first part of an answer to several queries', () => {
    expect(isAskedAgain(given(LoadingState.Loading, frames.slice(1)), before)).toBe(false);
    const [first, ...rest] = framesOf(recorded('range'), { shape: 'series' });
    expect(isAskedAgain(given(LoadingState.Loading, [first!, ...rest]), before)).toBe(false);
  });
});
