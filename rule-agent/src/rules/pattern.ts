import type { Comparison } from '../model/rule.ts';

type Values = Readonly<Record<string, number>>;

/**
 * How comparisons come out for these values, one character each. What a rule says depends on nothing else: `all`, `any` and
 * `not` see only which of them hold.
 */
export function patternOf(comparisons: readonly Comparison[], values: Values): string {
  let pattern = '';
  for (const comparison of comparisons) pattern += holds(comparison, values) ? '1' : '0';
  return pattern;
}

function holds({ fact, operator, value }: Comparison, values: Values): boolean {
  const left = values[fact]!;
  if (typeof value === 'number') return compare(operator, left, value);
  if ('fact' in value) return compare(operator, left, values[value.fact]!);
  return value.includes(left) === (operator === 'in');
}

/** What an operator of json-rules-engine says of two numbers. */
export function compare(operator: Comparison['operator'], left: number, right: number): boolean {
  switch (operator) {
    case 'equal':
      return left === right;
    case 'notEqual':
      return left !== right;
    case 'lessThan':
      return left < right;
    case 'lessThanInclusive':
      return left <= right;
    case 'greaterThan':
      return left > right;
    case 'greaterThanInclusive':
      return left >= right;
    default:
      throw new TypeError(`${operator} needs a list`);
  }
}
