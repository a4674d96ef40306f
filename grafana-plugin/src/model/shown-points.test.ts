import fc from 'fast-check';
import { roundTogether } from './shown-points';

describe('roundTogether', () => {
  it('gives the tenth that rounding loses to the largest remainder', () => {
    expect(roundTogether([3.04, 2.83, 0.23])).toEqual([3.1, 2.8, 0.2]);
  });

  it('always adds up to the rounded whole, and moves no part by a tenth or more', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { maxLength: 12 }), (parts) => {
        const shown = roundTogether(parts);
        const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);
        expect(total(shown)).toBeCloseTo(Math.round(total(parts) * 10) / 10, 6);
        shown.forEach((part, index) => expect(Math.abs(part - parts[index]!)).toBeLessThan(0.1 + 1e-9));
      })
    );
  });
});
