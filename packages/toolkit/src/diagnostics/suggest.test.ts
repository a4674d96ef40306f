import { describe, expect, it } from '@jest/globals';
import { didYouMean, nearest, suggest } from './suggest.ts';

describe('suggest', () => {
  it.each([
    ['prot', ['port', 'host'], 'port'],
    ['slow', ['errors', 'slow-api'], 'slow-api'],
    ['colector', ['collectors', 'databases'], 'collectors'],
    ['xyz', ['port', 'host'], undefined],
    ['a'.repeat(65), ['a'.repeat(66)], undefined],
    ['x', [], undefined],
  ])('of %j among %j is %j', (typed, candidates, expected) =>
    expect(suggest(typed, candidates)).toBe(expected),
  );

  it('names all that are equally near', () => {
    expect(nearest('config', ['config.file', 'log.level', 'config.check'])).toEqual([
      'config.file',
      'config.check',
    ]);
    expect(nearest('tost', ['test', 'toast', 'run'])).toEqual(['test', 'toast']);
  });

  it('asks whether one of them was meant', () => {
    expect(didYouMean([])).toBeUndefined();
    expect(didYouMean(['a'])).toBe('did you mean a?');
    expect(didYouMean(['a', 'b', 'c'])).toBe('did you mean a, b or c?');
  });
});
