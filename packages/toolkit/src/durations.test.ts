import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration, parseDuration } from './durations.ts';

describe('durations', () => {
  it.each([
    ['15s', 15_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['1.5s', 1_500],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', '15', 's', '-5s', '5 s', '1h x'])('refuses %j with a hint', (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: 'DURATION_INVALID' }));
  });

  it('reads back what it writes', () => {
    fc.assert(fc.property(fc.nat({ max: 10 ** 10 }), (ms) => parseDuration(formatDuration(ms)) === ms));
  });
});
