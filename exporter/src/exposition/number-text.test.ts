import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalNumber } from './dialect.ts';
import { formatValue } from './number-text.ts';

describe('formatValue', () => {
  it.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [-0.5, '-0.5'],
    [1e21, '1e+21'],
    [12.5, '12.5'],
    [12.05, '12.05'],
    [0.07, '0.07'],
  ])('writes %p as %s', (value, text) => expect(formatValue(value)).toBe(text));

  it('writes what reads as the same number, whatever the number', () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), (value) => same(value)));
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (cents) => same(cents / 100)));
  });

  function same(value: number): boolean {
    return Number(formatValue(value).replace('Inf', 'Infinity')) === value;
  }
});

describe('canonicalNumber', () => {
  it.each([
    [1, '1.0'],
    [0.005, '0.005'],
    [2.5, '2.5'],
    [86400, '86400.0'],
    [0.00001, '1e-05'],
    [-3, '-3.0'],
  ])('writes %p as %s', (value, text) => expect(canonicalNumber(value)).toBe(text));
});
