import { invalidInput } from './problems.ts';

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)T/i;

/**
 * Epoch milliseconds of a time as RFC 3339 writes it. The 31st of February would become a day in March, and a leap second is none
 * that a clock here ever shows.
 *
 * @throws HttpProblem 422 for a time that there is not
 */
export function timeOf(text: string, field: string): number {
  const ms = Date.parse(text);
  const [, year, month, day] = SHAPE.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (Number.isNaN(ms) || date.getUTCDate() !== Number(day)) {
    throw invalidInput([
      { field, message: `${text} is no time that there is, such as 2026-01-31T12:00:00Z` },
    ]);
  }
  return ms;
}
