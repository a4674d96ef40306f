import { describe, expect, it } from '@jest/globals';
import { BoundedCache } from './cache.ts';
import { computeQuote, offeredStep } from './quote.ts';

describe('BoundedCache', () => {
  it('keeps everything without a bound', () => {
    const cache = new BoundedCache<number>(0);
    for (let key = 0; key < 5000; key += 1) cache.set(String(key), key);
    expect(cache.size).toBe(5000);
  });

  it('drops what was used longest ago', () => {
    const cache = new BoundedCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    cache.get('a');
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  });

  it('releases at once what a new bound leaves no room for', () => {
    const cache = new BoundedCache<number>(0);
    for (let key = 0; key < 10; key += 1) cache.set(String(key), key);
    cache.bound(3);
    expect([cache.size, cache.get('9'), cache.get('6')]).toEqual([3, 9, undefined]);
  });
});

describe('computeQuote', () => {
  const basis = {
    customer: '17850',
    sku: '85123A',
    quantity: 40,
    listPrice: 2.95,
    unitCost: 1.5,
    leadTimeDays: 5,
  };

  it('offers the step that holds for the quantity asked for', () => {
    expect(offeredStep(computeQuote(basis)).quantity).toBe(40);
  });

  it('never charges more for more, nor less than cost and a margin', () => {
    const { ladder } = computeQuote({ ...basis, quantity: 4000, unitCost: 2.5 });
    const prices = ladder.map(({ unitPrice }) => unitPrice);
    expect(prices).toEqual(prices.toSorted((a, b) => b - a));
    expect(prices.at(-1)).toBeCloseTo(2.75);
  });

  it('keeps the list price where cost leaves no margin', () => {
    expect(offeredStep(computeQuote({ ...basis, unitCost: 5 })).unitPrice).toBe(2.95);
  });
});
