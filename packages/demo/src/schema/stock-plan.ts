/** What a site sells of a SKU. */
export interface Demand {
  lines: number;
  /** By trading day, counted from 0; only where there were any. */
  unitsByDay: ReadonlyMap<number, number>;
}

/** When stock is ordered, and how much. */
export interface ReorderLevels {
  reorderPoint: number;
  reorderQuantity: number;
}

/** Trading days, from the first one to before the last. */
export interface TradingDays {
  from: number;
  to: number;
}

const DAY_MS = 86_400_000;
/** Buyers look at what sells four weeks at a time. Ten such periods are the 40 weeks after which the data begin again. */
const PERIOD_MS = 28 * DAY_MS;
export const PERIODS = 10;
/** Standard deviations of demand over lead time and review that are held against chance: nine of ten deliveries come before all is sold. */
const SAFETY_FACTOR = 1.28;
const REORDER_COVER_DAYS = 12;

/** The planning period of an instant, 0 to 9; milliseconds since the epoch. */
export function periodOf(at: number, openedAt: number): number {
  return Math.floor((at - openedAt) / PERIOD_MS) % PERIODS;
}

/** The trading days of each planning period; `tradingDays` are their midnights, in order. */
export function tradingDaysByPeriod(tradingDays: readonly number[], openedAt: number): TradingDays[] {
  const endOf = (period: number) => {
    const end = tradingDays.findIndex((day) => day >= openedAt + (period + 1) * PERIOD_MS);
    return end < 0 ? tradingDays.length : end;
  };
  return Array.from({ length: PERIODS }, (_, period) => ({
    from: period === 0 ? 0 : endOf(period - 1),
    to: endOf(period),
  }));
}

export interface PlannedDemand {
  demand: Demand;
  periods: readonly TradingDays[];
  /** Trading days until what is ordered now is on the shelf. */
  exposedDays: number;
}

/**
 * Reorder levels by the textbook, for each period from the demand in it and until an order of its last day is there: mean and
 * safety stock over the exposed days, and twelve days and one line more. After its last day the year begins again.
 *
 * Days without trade do not count: nothing is sold on them, nor ordered or received, however long the shop is closed.
 */
export function planStock({ demand, periods, exposedDays }: PlannedDemand): ReorderLevels[] {
  const yearDays = periods.at(-1)!.to;
  const perLine = sum([...demand.unitsByDay.values()]) / demand.lines;
  return periods.map(({ from, to }) => {
    const days = to - from + exposedDays;
    const units = Array.from(
      { length: days },
      (_, day) => demand.unitsByDay.get((from + day) % yearDays) ?? 0,
    );
    const perDay = sum(units) / days;
    const deviation = Math.sqrt(Math.max(0, sum(units.map((sold) => sold ** 2)) / days - perDay ** 2));
    return {
      reorderPoint: Math.ceil(perDay * exposedDays + SAFETY_FACTOR * deviation * Math.sqrt(exposedDays)),
      reorderQuantity: Math.ceil(perDay * REORDER_COVER_DAYS + perLine),
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
