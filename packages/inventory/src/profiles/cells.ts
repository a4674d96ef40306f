import { EvenkeelError } from '@evenkeel/toolkit';

export type Row = Readonly<Record<string, unknown>>;

/** Where in a query's result a value stands, for messages. `row` counts from 1. */
export interface CellPosition {
  query: string;
  row: number;
  column: string;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Reads a number as database drivers give it: a number, a bigint, or a numeric as text.
 *
 * @throws EvenkeelError QUERY_RESULT_INVALID naming query, row and column: for NULL, NaN, text, a missing column
 */
export function readNumber(row: Row, position: CellPosition): number {
  const cell = row[position.column];
  if (cell === undefined)
    throw invalid(position, 'there is no such column', 'compare the profile with the SQL');
  if (cell === null) {
    throw invalid(
      position,
      'NULL where a number is needed',
      'coalesce it in the SQL, or set "when_null: absent" in the profile',
    );
  }
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'number' && Number.isFinite(cell)) return cell;
  if (typeof cell === 'string' && NUMBER.test(cell.trim())) return Number(cell);
  throw invalid(position, `${describe(cell)} where a number is needed`, 'cast it in the SQL');
}

/**
 * Reads a label's value; numbers and dates become text.
 *
 * @throws EvenkeelError QUERY_RESULT_INVALID for NULL, a missing column, or what is not a plain value
 */
export function readLabel(row: Row, position: CellPosition): string {
  const cell = row[position.column];
  if (cell === undefined)
    throw invalid(position, 'there is no such column', 'compare the profile with the SQL');
  if (cell === null) throw invalid(position, 'NULL where a label is needed', 'coalesce it in the SQL');
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean') return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  throw invalid(position, `${describe(cell)} where a label is needed`, 'cast it to text in the SQL');
}

export function invalid({ query, row, column }: CellPosition, problem: string, hint: string): EvenkeelError {
  return new EvenkeelError(
    'QUERY_RESULT_INVALID',
    `query ${query}, row ${row}, column ${column}: ${problem}`,
    { hint },
  );
}

function describe(cell: unknown): string {
  if (typeof cell === 'string') return `"${cell.slice(0, 40)}"`;
  return typeof cell === 'number' ? String(cell) : Object.prototype.toString.call(cell).slice(8, -1);
}
