import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PlanValue } from '../model/action-request.ts';
import { turnsOf } from './turns.ts';

/** Moves from value to value. */
function along(...values: readonly PlanValue[]) {
  return values.slice(1).map((to, index) => ({ from: values[index]!, to }));
}

const turnsTo = (moves: ReturnType<typeof along>) => turnsOf(moves).map(({ to }) => to);

describe('turnsOf', () => {
  it.each([
    ['back and forth', along(2, 120, 2, 120), [2, 120]],
    ['back and forth in numbers that do not quite meet', along(10, 15, 10.05, 15.075), [10.05, 15.075]],
    ['only one way', along(10, 20, 40, 80), []],
    ['closing in on what fits', along(10, 20, 16, 18, 17.5), []],
    [
      'up in steps and down at once, again and again',
      along(10, 12, 14, 16, 10, 12, 14, 16, 10),
      [10, 14, 10],
    ],
    ['back and forth by a little after a large step', along(2, 120, 100, 120, 100, 120), [120, 100, 120]],
    ['as much added as taken away after a large step', along(2, 10, 8, 10, 8), [10, 8]],
    ['back and forth within what was corrected', along(0, 100, 60, 85, 70, 85, 70), [85, 70]],
    ['up in steps with a small one back between them', along(0, 4, 3, 7, 6, 10, 9), []],
    ['closing in by halves', along(0, 16, 8.5, 12, 10.5), []],
    ['words that come again', along('a', 'b', 'c', 'b', 'c'), ['b', 'c']],
    ['words in a round', along('a', 'b', 'c', 'a', 'b'), ['a', 'b']],
    ['words that are new each time', along('a', 'b', 'c', 'd'), []],
    ['on and off', along(true, false, true), [true]],
  ] as const)('of %s', (_what, moves, turns) => {
    expect(turnsTo(moves)).toEqual(turns);
  });

  it('sees in what a move finds that something else has undone the one before', () => {
    expect(turnsTo([...along(2, 120), ...along(2, 120), ...along(2, 120)])).toEqual([120, 120]);
  });

  it('takes a little that something else changed for no turn', () => {
    expect(turnsTo([...along(20, 10), ...along(11, 5)])).toEqual([]);
  });

  it('is the same however large the values are, and whichever way is up', () => {
    const value = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2 }), fc.constantFrom(-8, -1, 0.25, 64), (values, factor) => {
        const distinct = values.filter((one, index) => index === 0 || one !== values[index - 1]);
        const scaled = turnsTo(along(...distinct.map((one) => one * factor)));
        expect(scaled).toEqual(turnsTo(along(...distinct)).map((one) => Number(one) * factor));
      }),
    );
  });
});
