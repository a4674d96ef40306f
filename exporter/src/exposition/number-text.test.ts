import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalNumber } from './dialect.ts';
import { formatValue, MAX_NUMBER_BYTES, writeNumber } from './number-text.ts';

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

describe('writeNumber', () => {
  const written = (value: number) => {
    const memory = Buffer.alloc(MAX_NUMBER_BYTES + 1);
    return memory.toString('latin1', 1, writeNumber(value, memory, 1));
  };
  const anyNumber = fc.oneof(
    fc.double(),
    fc.maxSafeInteger(),
    fc.integer({ min: -1e6, max: 1e6 }),
    fc.maxSafeInteger().map((hundredths) => hundredths / 100),
    fc.integer({ min: 0, max: 1e6 }).map((thousandths) => thousandths / 1000),
    fc.float({ noNaN: true }),
  );

  it.each([
    0,
    -0,
    9,
    10,
    99,
    100,
    2 ** 31,
    2 ** 53 - 1,
    2 ** 53,
    0.01,
    0.1,
    1e13,
    1e13 + 0.25,
    5e-324,
    -1.234567890123456e-300,
  ])('writes %p as formatValue does', (value) => expect(written(value)).toBe(formatValue(value)));

  it('writes any number as formatValue does', () =>
    fc.assert(
      fc.property(anyNumber, (value) => expect(written(value)).toBe(formatValue(value))),
      { numRuns: 2000 },
    ));
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
