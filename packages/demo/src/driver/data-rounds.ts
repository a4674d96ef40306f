import type { TradingDay, WarehouseEvent } from '../dataset/index.ts';

const WEEK_MS = 7 * 86_400_000;
/** Nine months and a rest: the first day of a round falls on the same weekday as in the data, after the last of the round before. */
const ROUND_MS = 40 * WEEK_MS;

/** The same day in a later round of the data: other times, other ids. */
export function shiftDay(day: TradingDay, round: number): TradingDay {
  if (round === 0) return day;
  const shiftMs = round * ROUND_MS;
  const shift = (event: WarehouseEvent): WarehouseEvent => ({
    ...event,
    id: `${event.id}.${round + 1}`,
    at: event.at + shiftMs,
  });
  return { opensAt: day.opensAt + shiftMs, closesAt: day.closesAt + shiftMs, events: day.events.map(shift) };
}
