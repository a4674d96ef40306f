import { describe, expect, it } from '@jest/globals';
import { applyInOrder } from './adjustments.ts';
import { allocateInOrder, sumBySku } from './allocation.ts';
import { promiseFor } from './promise.ts';
import { drawLeadTime } from './replenishment.ts';
import { type CandidateLine, matchReturn } from './return-matching.ts';

describe('allocateInOrder', () => {
  it('fills first come first served, lines of one SKU from one stock', () => {
    const wanted = [
      { sku: 'A', quantity: 6 },
      { sku: 'B', quantity: 2 },
      { sku: 'A', quantity: 6 },
    ];
    expect(allocateInOrder(wanted, new Map([['A', 10]]))).toEqual([6, 0, 4]);
  });
});

describe('sumBySku', () => {
  it('adds up in the order of SKUs and leaves out what is nothing', () => {
    expect(
      sumBySku([
        { sku: 'B', quantity: 2 },
        { sku: 'A', quantity: 1 },
        { sku: 'B', quantity: -2 },
      ]),
    ).toEqual([{ sku: 'A', quantity: 1 }]);
  });
});

describe('applyInOrder', () => {
  it('writes off no more than is free, and counts what was found before', () => {
    const lines = [-3, 5, -9].map((quantity) => ({ sku: 'A', quantity }));
    expect(applyInOrder(lines, new Map([['A', 2]]))).toEqual([-2, 5, -5]);
  });
});

describe('promiseFor', () => {
  it.each([
    ['2010-12-01T09:00:00Z', '2010-12-03T09:00:00Z'],
    ['2010-12-02T09:00:00Z', '2010-12-05T09:00:00Z'],
    ['2010-12-03T09:00:00Z', '2010-12-06T09:00:00Z'],
  ])('promises for %s, over a Saturday if need be, %s', (placed, promised) => {
    expect(promiseFor(new Date(placed))).toEqual(new Date(promised));
  });
});

describe('drawLeadTime', () => {
  it('is the same for the same seed, scatters around the mean, and takes a day at least', () => {
    const draws = Array.from({ length: 2000 }, (_, index) => drawLeadTime(10, 2, `po ${index}`));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    expect(drawLeadTime(10, 2, 'po 7')).toBe(draws[7]);
    expect(mean).toBeGreaterThan(9.8);
    expect(mean).toBeLessThan(10.2);
    expect(Math.min(...Array.from({ length: 500 }, (_, index) => drawLeadTime(1, 3, String(index))))).toBe(1);
  });
});

describe('matchReturn', () => {
  const line = (order_id: string, change: Partial<CandidateLine>): CandidateLine => ({
    order_id,
    line_number: 1,
    sku: 'A',
    quantity: 10,
    allocated: 0,
    shipped: 0,
    cancelled: 0,
    returned: 0,
    ...change,
  });

  it('cancels backorders first, then allocated stock, and takes back only what had left', () => {
    const candidate = line('1', { shipped: 4, allocated: 3 });
    const [matched] = matchReturn([{ sku: 'A', quantity: 8 }], [candidate]);
    expect(matched).toMatchObject({
      restocked: 2,
      credits: [{ candidate, cancelled: 6, released: 3, returned: 2 }],
    });
  });

  it('goes on to the order before, and restocks what no order explains', () => {
    const candidates = [line('2', { shipped: 10, returned: 8 }), line('1', { shipped: 10 })];
    const [matched] = matchReturn([{ sku: 'A', quantity: 15 }], candidates);
    expect(matched!.credits.map(({ candidate, returned }) => [candidate.order_id, returned])).toEqual([
      ['2', 2],
      ['1', 10],
    ]);
    expect(matched!.restocked).toBe(15);
  });

  it('gives no order credit twice within one return', () => {
    const matched = matchReturn(
      [
        { sku: 'A', quantity: 7 },
        { sku: 'A', quantity: 7 },
      ],
      [line('1', { shipped: 10 })],
    );
    expect(matched.map(({ credits }) => credits.map(({ returned }) => returned))).toEqual([[7], [3]]);
  });
});
