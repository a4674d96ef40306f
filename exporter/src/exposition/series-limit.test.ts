import { createLogger } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import { gauge } from '../model/family.ts';
import { SeriesLimit } from './series-limit.ts';

function limitOf(maxSeriesPerFamily: number) {
  const lines: string[] = [];
  const logger = createLogger({
    name: 'test',
    destination: { write: (line: string) => void lines.push(line) },
  });
  return { limit: new SeriesLimit({ maxSeriesPerFamily, logger }), lines };
}

function sites(...names: string[]) {
  return gauge(
    'by_site',
    'S.',
    names.map((site) => ({ labels: { site }, value: 1 })),
  );
}

describe('SeriesLimit', () => {
  it('counts the parts of a family together', () => {
    const { limit } = limitOf(3);
    const kept = limit.apply([sites('a', 'b'), sites('c', 'd'), sites('e')]);
    expect(kept.map(({ samples }) => samples.length)).toEqual([2, 1, 0]);
    expect(limit.family().samples).toEqual([{ labels: { family: 'by_site' }, value: 2 }]);
  });

  it('says when a family exceeds its limit and when it is within again, not in between', () => {
    const { limit, lines } = limitOf(1);
    for (const names of [['a'], ['a', 'b'], ['a', 'c'], ['a'], ['a']]) limit.apply([sites(...names)]);
    expect(lines.map((line) => /msg="([^"]+)"/.exec(line)?.[1])).toEqual([
      'family has too many series',
      'family is within its limit again',
    ]);
  });

  it('passes on what is within its limit as it is', () => {
    const family = sites('a');
    const { limit } = limitOf(1);
    expect(limit.apply([family])[0]).toBe(family);
    expect(limit.family().samples).toEqual([]);
  });
});
