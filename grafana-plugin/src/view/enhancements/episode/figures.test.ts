import { toDataFrame } from '@grafana/data';
import { readEpisodesFrame } from '../../../frames/episodes-frame';
import { readEnhancements } from '../../../model/enhancements';
import { episode, improvedEpisode } from '../../../testing/episodes';
import { setOf } from '../../../testing/recording';
import { figuresOf } from './figures';

const text = (value: number) => `${value} s`;
const read = (of: ReturnType<typeof episode>) =>
  readEnhancements(setOf([]), readEpisodesFrame(toDataFrame([of])))!.episodes[0]!;

describe('figuresOf', () => {
  it('says all that the verdict was made of, in the unit of the signal', () => {
    expect(figuresOf(read(improvedEpisode()), text)).toEqual([
      ['Seen on average', '0.2 s'],
      ['Expected without the action', '0.5 s'],
      ['Effect', '+0.3 s'],
      ['90 % interval', '+0.2 s to +0.4 s'],
      ['Of what was expected', '60% better'],
      ['Smallest effect that counts', '0.05 s'],
      ['Smallest that could be seen', '0.1 s'],
      ['Compared firings, left alone', '30'],
    ]);
  });

  it('says what cannot be told, and that moments were milder', () => {
    const { effect } = improvedEpisode();
    const vague = { ...effect!, estimate: -0.3, relative: null, low: null, smallest_visible: null };
    const moments = { count: 12, effective: 12, lowered: true };
    const figures = figuresOf(read(improvedEpisode({ effect: { ...vague, comparable_moments: moments } })), text);
    expect(Object.fromEntries(figures)).toMatchObject({
      ...{ Effect: '-0.3 s', '90 % interval': 'cannot be told', 'Of what was expected': 'cannot be told' },
      ...{ 'Smallest that could be seen': 'cannot be told', 'Compared firings, left alone': '12, most of them milder' },
    });
  });

  it('says of a switchback in how many blocks it was played', () => {
    const { effect, expect: expectation } = improvedEpisode();
    const switchback = improvedEpisode({
      effect: { ...effect!, comparable_moments: null },
      expect: { ...expectation!, switchback_blocks: 6 },
    });
    expect(figuresOf(read(switchback), text).at(-1)).toEqual(['Switched on and off', 'in 6 blocks']);
  });

  it('says nothing of what was not measured', () => {
    expect(figuresOf(read(episode({ outcome: 'applied' })), text)).toEqual([]);
  });
});
