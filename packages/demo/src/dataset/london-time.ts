const HOUR_MS = 3_600_000;
const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/**
 * Reads a local time of the shop in London, `2010-12-01 08:26:00`.
 *
 * @returns milliseconds since the epoch; British Summer Time runs from 01:00 UTC on the last Sunday of March to the last
 *   of October (the EU rule since 1996). The hour that happens twice in October is taken as summer time.
 * @throws RangeError when the text has another form
 */
export function parseLondonTime(text: string): number {
  const parts = LOCAL_TIME.exec(text);
  if (parts === null) throw new RangeError(`"${text}" is not a local time such as 2010-12-01 08:26:00`);
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  return isSummerTime(asUtc - HOUR_MS, year) ? asUtc - HOUR_MS : asUtc;
}

function isSummerTime(epochMs: number, year: number): boolean {
  return epochMs >= lastSundayAtOne(year, 2) && epochMs < lastSundayAtOne(year, 9);
}

function lastSundayAtOne(year: number, monthIndex: number): number {
  const lastDay = new Date(Date.UTC(year, monthIndex + 1, 0, 1));
  return lastDay.getTime() - lastDay.getUTCDay() * 24 * HOUR_MS;
}
