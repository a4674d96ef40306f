import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@evenkeel/toolkit';
import type { OrderEvent, ReturnEvent, TradingDay } from '../dataset/index.ts';
import { shiftDay } from './data-rounds.ts';
import { Lanes, persist } from './persistence.ts';
import { Reversals } from './reversals.ts';
import { rate } from './stars.ts';
import { TradingClock } from './trading-clock.ts';
import { ApiFailure } from './warehouse-client.ts';
import { zipf } from './zipf.ts';

const HOUR_MS = 3_600_000;

describe('TradingClock', () => {
  const day = { opensAt: 8 * HOUR_MS, closesAt: 18 * HOUR_MS };

  it('plays a day from its first to its last event in a minute', async () => {
    const clock = new ManualClock();
    const trading = new TradingClock({ clock, daysPerMinute: 1 });
    trading.openDay(day);
    expect(trading.now()).toBe(8 * HOUR_MS);
    await clock.advance(30_000);
    expect(trading.now()).toBe(13 * HOUR_MS);
    await clock.advance(60_000);
    expect(trading.now()).toBe(18 * HOUR_MS);
    expect(trading.isOver()).toBe(true);
  });

  it('begins later in a day, and goes quicker', async () => {
    const clock = new ManualClock();
    const trading = new TradingClock({ clock, daysPerMinute: 4 });
    trading.openDay(day, 13 * HOUR_MS);
    await clock.advance(3_000);
    expect(trading.now()).toBe(15 * HOUR_MS);
  });

  it('stands still while it is paused', async () => {
    const clock = new ManualClock();
    const trading = new TradingClock({ clock, daysPerMinute: 1 });
    trading.openDay(day);
    await clock.advance(6_000);
    trading.pause();
    await clock.advance(60_000);
    expect(trading.now()).toBe(9 * HOUR_MS);
    trading.resume();
    await clock.advance(6_000);
    expect(trading.now()).toBe(10 * HOUR_MS);
  });
});

describe('zipf', () => {
  it('draws the first most often, and every rank between 0 and the last', () => {
    let step = 0;
    const draw = zipf(10, 1, () => (step++ % 1000) / 1000);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let index = 0; index < 1000; index += 1) counts[draw()]! += 1;
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.at(-1)).toBeGreaterThan(0);
  });
});

describe('Reversals', () => {
  const order = (id: string, quantity: number): OrderEvent => ({
    kind: 'order',
    id,
    at: 0,
    customer: '16446',
    country: 'United Kingdom',
    lines: [{ sku: '23166', quantity, unitPrice: 1.04 }],
    charges: [],
  });
  const back = (quantity: number, at = HOUR_MS): ReturnEvent => ({
    ...order('C1', quantity),
    kind: 'return',
    at,
  });

  it('finds the order that is taken back in full, once', () => {
    const reversals = new Reversals();
    reversals.remember(order('541431', 74_215));
    expect(reversals.takeReversed(back(74_215))).toBe('541431');
    expect(reversals.takeReversed(back(74_215))).toBeUndefined();
  });

  it('finds nothing for a part, for another customer, or after days', () => {
    const reversals = new Reversals();
    reversals.remember(order('541431', 12));
    expect(reversals.takeReversed(back(6))).toBeUndefined();
    expect(reversals.takeReversed({ ...back(12), customer: '1' })).toBeUndefined();
    expect(reversals.takeReversed(back(12, 96 * HOUR_MS))).toBeUndefined();
  });
});

describe('rate', () => {
  const happy = { lateMs: -HOUR_MS, firstPassFill: 1, temper: 0.5 };

  it.each([
    [5, {}],
    [4, { lateMs: HOUR_MS }],
    [4, { firstPassFill: 0.5 }],
    [3, { lateMs: 100 * HOUR_MS }],
    [1, { lateMs: 1000 * HOUR_MS, firstPassFill: 0, temper: 0 }],
  ])('gives %d stars', (stars, change) => {
    expect(rate({ ...happy, ...change })).toBe(stars);
  });
});

describe('persist', () => {
  it('tries again while the API is away, and gives up on a refusal', async () => {
    const clock = new ManualClock();
    const failures = [new ApiFailure(0, '', 'away'), new ApiFailure(502, '', 'bad gateway')];
    const attempt = () => {
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve('done') : Promise.reject(failure);
    };
    const done = persist(attempt, clock, new AbortController().signal);
    for (let pause = 0; pause < 4; pause += 1) await clock.advance(1_000);
    expect(await done).toBe('done');
    const refused = () => Promise.reject(new ApiFailure(422, 'SKU_UNKNOWN', 'no'));
    await expect(persist(refused, clock, new AbortController().signal)).rejects.toThrow('no');
  });
});

describe('Lanes', () => {
  it('runs no more at a time than it is wide', async () => {
    const lanes = new Lanes(2);
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    for (let index = 0; index < 6; index += 1) await lanes.run(work);
    await lanes.idle();
    expect([most, running]).toEqual([2, 0]);
  });
});

describe('shiftDay', () => {
  it('gives the same weekday nine months later, with ids of its own', () => {
    const at = Date.parse('2010-12-01T08:26:00Z');
    const event = { kind: 'adjustment', id: '536', at, country: 'United Kingdom', lines: [] } as const;
    const day: TradingDay = { opensAt: at, closesAt: at, events: [{ ...event, lines: [] }] };
    const shifted = shiftDay(day, 1);
    expect(new Date(shifted.opensAt).toISOString()).toBe('2011-09-07T08:26:00.000Z');
    expect(shifted.events[0]).toMatchObject({ id: '536.2', at: shifted.opensAt });
  });
});
