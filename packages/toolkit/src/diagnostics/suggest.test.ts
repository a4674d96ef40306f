import { describe, expect, it } from '@jest/globals';
import { suggest } from './suggest.ts';

describe('suggest', () => {
  it.each([
    ['prot', ['port', 'host'], 'port'],
    ['slow', ['errors', 'slow-api'], 'slow-api'],
    ['colector', ['collectors', 'databases'], 'collectors'],
    ['xyz', ['port', 'host'], undefined],
    ['a'.repeat(65), ['a'.repeat(66)], undefined],
  ])('of %j among %j is %j', (typed, candidates, expected) =>
    expect(suggest(typed, candidates)).toBe(expected),
  );
});
