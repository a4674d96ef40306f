import { describe, expect, it } from '@jest/globals';
import { type Column, textTable, wrapped } from './text-table.ts';

interface Row {
  rule: string;
  count: number;
  why?: string;
  alerts?: string;
}
const columns: Column<Row>[] = [
  { title: 'RULE', of: ({ rule }) => rule, gives: true },
  { title: 'COUNT', of: ({ count }) => String(count), isNumber: true },
  { title: 'WHY', of: ({ why = '' }) => why, gives: true },
  { title: 'ALERTS', of: ({ alerts = '' }) => alerts, gives: true },
];
const rows: Row[] = [
  { rule: 'slow-api', count: 7, why: 'cooldown blast_radius budget' },
  { rule: 'a-rule-with-a-long-name', count: 12 },
];

describe('a table for a terminal', () => {
  it('leaves out a column that has nothing to say, and has numbers below each other', () => {
    expect(textTable(rows, columns)).toEqual([
      'RULE                     COUNT  WHY',
      'slow-api                     7  cooldown blast_radius budget',
      'a-rule-with-a-long-name     12  -',
    ]);
  });

  it('cuts the widest columns that give way where it would be wider than the terminal', () => {
    expect(textTable(rows, columns, 40)).toEqual([
      'RULE             COUNT  WHY',
      'slow-api             7  cooldown blast_…',
      'a-rule-with-a-…     12  -',
    ]);
    // No further than to a few letters: a terminal breaks the line then.
    expect(Math.max(...textTable(rows, columns, 10).map(({ length }) => length))).toBe(25);
  });

  it('breaks a text between words', () => {
    expect(wrapped('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  });
});
