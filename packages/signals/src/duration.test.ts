import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DURATION, durationToMs, toSeconds } from './duration.ts';

const UNITS: readonly [string, number][] = [
  ['y', 31_536_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
];

describe('a duration', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['250ms', 250],
    ['15s', 15_000],
    ['1h30m', 5_400_000],
    ['1w', 604_800_000],
    ['1w2d3h4m5s6ms', 788_645_006],
    ['1y', 31_536_000_000],
    ['90m', 5_400_000],
  ])('%s is %d ms', (text, ms) => expect(durationToMs(text)).toBe(ms));

  it.each([
    ...['', ' ', '15', 's', '-5s', '5 s', '1h x', '1.5s', '1e3s'],
    // Each unit once, and the largest first, as Prometheus wants it.
    ...['5m1h', '1m1m', '1h1h', '6ms5s', '300y', `${'9'.repeat(400)}d`],
  ])('%j is none', (text) => expect(durationToMs(text)).toBeUndefined());

  it('is the sum of its parts, whichever it has', () => {
    const amounts = fc.array(fc.option(fc.nat(99), { nil: undefined }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(amounts, (given) => {
        const parts = UNITS.flatMap(([unit, ms], index) =>
          given[index] === undefined ? [] : [{ text: `${given[index]}${unit}`, ms: given[index] * ms }],
        );
        const text = parts.map((part) => part.text).join('');
        const sum = parts.reduce((total, { ms }) => total + ms, 0);
        expect(durationToMs(text)).toBe(parts.length === 0 ? undefined : sum);
        expect(DURATION.test(text)).toBe(parts.length > 0);
      }),
    );
  });

  it('has seconds, or is refused', () => {
    expect(toSeconds('1d')).toBe(86_400);
    expect(() => toSeconds('a day')).toThrow(RangeError);
  });
});
