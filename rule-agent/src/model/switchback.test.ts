import { describe, expect, it } from '@jest/globals';
import { drawOrder, ordersOf } from './switchback.ts';

describe('the orders of a switchback', () => {
  it.each([
    [6, 20],
    [8, 70],
  ])('%i blocks can be half on in %i ways, all of them different', (blocks, count) => {
    const orders = ordersOf(blocks);
    expect(new Set(orders.map(String)).size).toBe(count);
    for (const order of orders) expect(order.filter((isOn) => isOn)).toHaveLength(blocks / 2);
  });

  it('is drawn again from the same key', () => {
    expect(drawOrder(6, 'slow-api-1')).toEqual(drawOrder(6, 'slow-api-1'));
  });

  it.each([6, 8] as const)('%i blocks: every order is drawn as often as any other', (blocks) => {
    const draws = 200 * ordersOf(blocks).length;
    const counts = new Map<string, number>();
    for (let key = 0; key < draws; key++) {
      const order = String(drawOrder(blocks, `key-${key}`));
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    // Pearson's statistic: its mean is the number of orders less one, its variance twice that.
    const freedom = ordersOf(blocks).length - 1;
    const statistic = [...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    expect(counts.size).toBe(freedom + 1);
    expect(Math.abs(statistic - freedom)).toBeLessThan(4 * Math.sqrt(2 * freedom));
  });
});
