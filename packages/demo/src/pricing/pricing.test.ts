import { describe, expect, it } from '@jest/globals';
import { DirtySkus } from './dirty-skus.ts';
import { findPrice } from './model.ts';

describe('findPrice', () => {
  const dailyUnits = [0, 4, 6, 0, 12, 3, 0, 5, 9, 2, 0, 7, 4, 6];

  it('finds the same price for the same history', () => {
    const task = { sku: '85123A', unitCost: 1.4, listPrice: 2.95, dailyUnits };
    expect(findPrice(task)).toEqual(findPrice(task));
  });

  it('stays within the grid around the list price', () => {
    for (const unitCost of [0.01, 1, 2, 2.9, 10]) {
      const { price } = findPrice({ sku: 'A', unitCost, listPrice: 3, dailyUnits });
      expect(price).toBeGreaterThanOrEqual(2.4);
      expect(price).toBeLessThanOrEqual(3.9);
    }
  });

  it('asks more where cost is higher', () => {
    const priceAt = (unitCost: number) => findPrice({ sku: 'A', unitCost, listPrice: 3, dailyUnits }).price;
    expect(priceAt(2.2)).toBeGreaterThan(priceAt(0.3));
  });

  it('keeps a price for goods that nobody bought', () => {
    expect(findPrice({ sku: 'A', unitCost: 1, listPrice: 2, dailyUnits: [] }).price).toBeGreaterThan(0);
  });
});

describe('DirtySkus', () => {
  const monday = new Date('2010-12-06T10:00:00Z');
  const tuesday = new Date('2010-12-07T10:00:00Z');

  it('prices what is sold once a business day', () => {
    const dirty = new DirtySkus();
    dirty.markSold(['A', 'B'], monday);
    expect(dirty.take(10)).toEqual(['A', 'B']);
    dirty.markSold(['A', 'C'], monday);
    expect(dirty.take(10)).toEqual(['C']);
    dirty.markSold(['A'], tuesday);
    dirty.markSold(['B'], monday);
    expect(dirty.take(10)).toEqual(['A', 'B']);
  });

  it('gives no more than it is asked for, and nothing twice', () => {
    const dirty = new DirtySkus();
    dirty.markAll(['A', 'B', 'C', 'B']);
    expect([dirty.take(2), dirty.take(2), dirty.size]).toEqual([['A', 'B'], ['C'], 0]);
  });
});
