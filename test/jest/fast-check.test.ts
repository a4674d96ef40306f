import { expect, it, jest } from '@jest/globals';
import fc from 'fast-check';

it('tries properties with the seed that jest prints, so that --seed repeats a run', () => {
  const tried: number[] = [];
  fc.assert(fc.property(fc.integer(), (given) => void tried.push(given)));
  expect(tried).toEqual(fc.sample(fc.integer(), { seed: jest.getSeed(), numRuns: tried.length }));
});
