import { describe, expect, it } from '@jest/globals';
import { KnobBoard } from './board.ts';
import { defineKnobs, explainValue, KNOB_NAMES } from './definitions.ts';

const knobs = defineKnobs(2);

describe('the knobs', () => {
  it('are all defined, with defaults within their own bounds', () => {
    expect(knobs.map(({ name }) => name)).toEqual([...KNOB_NAMES]);
    expect(knobs.filter((knob) => explainValue(knob, knob.default) !== undefined)).toEqual([]);
  });

  it('use a pricing thread a core, 16 at most', () => {
    const threads = (cores: number) =>
      defineKnobs(cores).find(({ name }) => name === 'pricing_concurrency')!.default;
    expect([threads(1), threads(8), threads(64)]).toEqual([1, 8, 16]);
  });

  it.each([
    ['carrier_retry_attempts', 6, 'between 0 and 5'],
    ['carrier_retry_attempts', -1, 'between 0 and 5'],
    ['carrier_retry_attempts', 1.5, 'a whole number'],
    ['reorder_point_multiplier', Number.NaN, 'a number'],
  ])('refuse %s = %d', (name, value, reason) => {
    expect(
      explainValue(
        knobs.find((knob) => knob.name === name)!,
        value,
      ),
    ).toContain(reason);
  });

  it('take a fraction where one makes sense', () => {
    expect(
      explainValue(
        knobs.find(({ name }) => name === 'reorder_point_multiplier')!,
        1.5,
      ),
    ).toBeUndefined();
  });
});

describe('KnobBoard', () => {
  it('tells a change, and ignores an older version that comes late', () => {
    const board = new KnobBoard(knobs);
    const seen: number[] = [];
    board.onChange('database_pool_size', (value) => seen.push(value));
    board.apply('database_pool_size', { value: 20, version: 3 });
    board.apply('database_pool_size', { value: 5, version: 2 });
    board.apply('database_pool_size', { value: 20, version: 4 });
    expect(board.value('database_pool_size')).toBe(20);
    expect(seen).toEqual([20]);
  });
});
