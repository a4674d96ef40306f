import { describe, expect, it } from '@jest/globals';
import { readLabel, readNumber } from './cells.ts';

const position = { query: 'stock', row: 3, column: 'units' };

describe('readNumber', () => {
  it.each([
    ['a number', 12.5, 12.5],
    ['a bigint', 9_007_199_254_740_993n, 9_007_199_254_740_992],
    ['a numeric, which drivers give as text', '1234.5600', 1234.56],
    ['a negative one', '-3', -3],
    ['an exponent', '1e3', 1000],
  ])('reads %s', (_what, cell, number) => expect(readNumber({ units: cell }, position)).toBe(number));

  it.each([
    ['NULL', null, 'NULL where a number is needed'],
    ['text', 'many', '"many" where a number is needed'],
    ['empty text', '', '"" where a number is needed'],
    ["PostgreSQL's NaN", 'NaN', '"NaN" where a number is needed'],
    ['a NaN', Number.NaN, 'NaN where a number is needed'],
    ['a date', new Date(0), 'Date where a number is needed'],
    ['no column', undefined, 'there is no such column'],
  ])('names query, row and column for %s', (_what, cell, message) => {
    expect(() => readNumber({ units: cell }, position)).toThrow(
      `query stock, row 3, column units: ${message}`,
    );
  });
});

describe('readLabel', () => {
  it.each([
    ['text', 'london', 'london'],
    ['a number', 5, '5'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ])('reads %s', (_what, cell, label) => expect(readLabel({ units: cell }, position)).toBe(label));

  it('names query, row and column for NULL', () => {
    expect(() => readLabel({ units: null }, position)).toThrow(
      'query stock, row 3, column units: NULL where a label is needed',
    );
  });
});
