import { describe, expect, it } from '@jest/globals';
import { buildMatch, T0 } from '../../test/build.ts';
import { drawFrom, firingKey } from './firing-key.ts';

const KEYS = Array.from({ length: 10_000 }, (_, index) => firingKey(buildMatch(), T0 + index * 1_000));

describe('a draw from the key of a firing', () => {
  it('is the same for the same firing, and lies anywhere from 0 to 1', () => {
    const draws = KEYS.map((key) => drawFrom(key, 'hold_out'));
    expect(draws).toEqual(KEYS.map((key) => drawFrom(key, 'hold_out')));
    for (let tenth = 0; tenth < 10; tenth++) {
      const within = draws.filter((draw) => Math.floor(10 * draw) === tenth).length;
      // 1,000 are expected, with a standard deviation of 30; the keys are fixed.
      expect(Math.abs(within - 1_000)).toBeLessThan(3.5 * 30);
    }
  });

  it('for one purpose says nothing of the draw for another', () => {
    const both = KEYS.filter((key) => drawFrom(key, 'hold_out') < 0.5 && drawFrom(key, 'order') < 0.5);
    expect(Math.abs(both.length - 2_500)).toBeLessThan(3.5 * 43);
  });
});
