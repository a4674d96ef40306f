import { describe, expect, it } from '@jest/globals';
import { periodOf, PERIODS, planStock, tradingDaysByPeriod } from './stock-plan.ts';

const DAY_MS = 86_400_000;
const OPENED_AT = Date.parse('2010-12-01T00:00:00Z');
const weeks = (count: number) => OPENED_AT + count * 7 * DAY_MS;

/** A shop that trades every day of its forty weeks but in the fourth, as at Christmas. */
const TRADING_DAYS = Array.from({ length: 280 }, (_, day) => OPENED_AT + day * DAY_MS).filter(
  (day) => day < weeks(3) || day >= weeks(4),
);
const PERIODS_OF_SHOP = tradingDaysByPeriod(TRADING_DAYS, OPENED_AT);

const sells = (unitsOn: (day: number) => number, lines = 280) => ({
  lines,
  unitsByDay: new Map(TRADING_DAYS.map((_, day) => [day, unitsOn(day)])),
});

describe('periodOf', () => {
  it('changes every four weeks, and begins again with the data', () => {
    const periods = [0, 3.9, 4, 39.9, 40, 44].map((count) => periodOf(weeks(count), OPENED_AT));
    expect(periods).toEqual([0, 0, 1, 9, 0, 1]);
  });
});

describe('tradingDaysByPeriod', () => {
  it('counts the days on which something is sold, and each of them once', () => {
    expect(PERIODS_OF_SHOP).toHaveLength(PERIODS);
    expect(PERIODS_OF_SHOP.slice(0, 2)).toEqual([
      { from: 0, to: 21 },
      { from: 21, to: 49 },
    ]);
    expect(PERIODS_OF_SHOP.at(-1)).toEqual({ from: 245, to: 273 });
  });

  it('leaves a period without trade empty', () => {
    expect(tradingDaysByPeriod([OPENED_AT], OPENED_AT)[1]).toEqual({ from: 1, to: 1 });
  });
});

describe('planStock', () => {
  const plan = (unitsOn: (day: number) => number, exposedDays = 5) =>
    planStock({ demand: sells(unitsOn), periods: PERIODS_OF_SHOP, exposedDays });

  it('holds the mean of the exposed days when sales are even, and orders for twelve days and a line', () => {
    const perLine = (273 * 10) / 280;
    expect(plan(() => 10)[3]).toEqual({ reorderPoint: 50, reorderQuantity: Math.ceil(120 + perLine) });
  });

  it('holds more the less even they are', () => {
    expect(plan((day) => (day % 2) * 20)[3]!.reorderPoint).toBeGreaterThan(70);
  });

  it('reckons with what sells until an order of the last day of the period is there, even past a closed week', () => {
    const [season, after] = plan((day) => (day >= 21 && day < 26 ? 100 : 0));
    expect(season!.reorderPoint).toBeGreaterThan(90);
    expect(after!.reorderPoint).toBeGreaterThan(0);
  });

  it('holds nothing of what is not sold in a period nor soon after it', () => {
    expect(plan((day) => (day < 5 ? 10 : 0))[4]).toMatchObject({ reorderPoint: 0 });
  });

  it('sees the year begin again', () => {
    expect(plan((day) => (day < 5 ? 10 : 0)).at(-1)!.reorderPoint).toBeGreaterThan(0);
  });
});
