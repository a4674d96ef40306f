import { describe, expect, it } from '@jest/globals';
import { splitReferences } from './references.ts';

const variable = (name: string, fallback?: string) => ({ name, fallback });

describe('splitReferences', () => {
  it.each([
    ['plain', ['plain']],
    ['${A}', ['', variable('A'), '']],
    ['a ${A} b ${B:-c} d', ['a ', variable('A'), ' b ', variable('B', 'c'), ' d']],
    ['${A:-}', ['', variable('A', ''), '']],
    ['${A:-${B}', ['', variable('A', '${B'), '']],
    ['$${A} costs 5$', ['${A} costs 5$']],
    ['$$$$', ['$$']],
    ['${target.site} ${A', ['${target.site} ${A']],
    ['${A:-b', ['${A:-b']],
    ['${A:-$$}$$', ['', variable('A', '$$'), '$']],
  ])('of %j is %j', (value, parts) => {
    expect(splitReferences(value)).toEqual(parts);
  });
});
