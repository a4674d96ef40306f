import { EvenkeelError } from '@evenkeel/toolkit';
import type { Row } from '../profiles/cells.ts';
import type { EventQuery } from '../profiles/profile.ts';

/** Amounts are whole billionths: added up in any order they give the same sum to the last digit, as floats do not. */
export const DECIMALS = 9;
const UNIT = 10n ** BigInt(DECIMALS);

/** One thing that happened, with what it adds to the figures. */
export interface EventRow {
  key: string;
  /** Its change stamp: milliseconds since the epoch, or the number in the column. */
  changed: number;
  period: number;
  labels: readonly string[];
  /** One for each value of the query, in billionths. */
  amounts: readonly bigint[];
  /** One for each histogram of the query, in billionths; null is no observation. */
  observations: readonly (bigint | null)[];
}

/** Reads a row of `eventRowsSql`. @throws EvenkeelError QUERY_RESULT_INVALID naming query and column */
export function readEventRow(query: EventQuery, row: Row): EventRow {
  return {
    key: query.key.map((column, index) => text(query, column, row[`k${index}`])).join('\u0000'),
    changed: number(query, query.changed, row.changed),
    period: number(query, query.period, row.period),
    labels: query.labels.map((column, index) => text(query, column, row[`l${index}`])),
    amounts: query.values.map(({ column, whenNull }, index) => {
      const cell = row[`v${index}`];
      if (cell === null && whenNull === 'absent') return 0n;
      return amount(query, column, cell);
    }),
    observations: query.histograms.map(({ column }, index) => {
      const cell = row[`h${index}`];
      return cell === null ? null : amount(query, column, cell);
    }),
  };
}

/** Reads decimal text as whole billionths. @throws EvenkeelError QUERY_RESULT_INVALID for anything else */
export function amount(query: EventQuery, column: string, cell: unknown): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,9})0*)?$/.exec(textOf(cell));
  if (match === null)
    throw invalidEvent(
      query,
      column,
      cell === null ? 'NULL where a number is needed' : `"${textOf(cell)}" where a number is needed`,
    );
  const [, sign, whole, fraction = ''] = match;
  const billionths = BigInt(whole!) * UNIT + BigInt(fraction.padEnd(DECIMALS, '0'));
  return sign === '-' ? -billionths : billionths;
}

/** The nearest number to an amount. */
export function toNumber(billionths: bigint): number {
  return Number(billionths / UNIT) + Number(billionths % UNIT) / Number(UNIT);
}

export function invalidEvent(query: EventQuery, column: string, problem: string): EvenkeelError {
  return new EvenkeelError('QUERY_RESULT_INVALID', `events ${query.name}, column ${column}: ${problem}`, {
    hint: 'correct the SQL of the profile',
  });
}

function text(query: EventQuery, column: string, cell: unknown): string {
  if (cell === null || cell === undefined) throw invalidEvent(query, column, 'NULL where a text is needed');
  return textOf(cell);
}

function number(query: EventQuery, column: string, cell: unknown): number {
  if (cell === null || cell === undefined)
    throw invalidEvent(query, column, 'NULL where a time or a number is needed');
  return Number(cell);
}

/** What the SQL around a query gives is text or a number; anything else is shown by its type. */
export function textOf(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  return Object.prototype.toString.call(cell).slice(8, -1);
}
