import type { Row } from '../profiles/cells.ts';
import type { EventQuery } from '../profiles/profile.ts';
import { amount, invalidEvent, textOf } from './event-row.ts';
import type { LabelTotals } from './tally.ts';

/**
 * Reads one row of the `totals` SQL.
 *
 * @throws EvenkeelError QUERY_RESULT_INVALID for NULL where the profile does not allow it
 */
export function readTotals(query: EventQuery, row: Row): LabelTotals {
  const rows = Number(row.n);
  return {
    labels: query.labels.map((column, index) => {
      const label = row[`l${index}`];
      if (label === null || label === undefined)
        throw invalidEvent(query, column, 'NULL where a label is needed');
      return textOf(label);
    }),
    rows,
    amounts: query.values.map(({ column, whenNull }, index) => {
      if (whenNull === 'error' && Number(row[`c${index}`]) < rows)
        throw invalidEvent(query, column, 'NULL where a number is needed');
      return sum(query, column, row[`v${index}`]);
    }),
    histograms: query.histograms.map(({ kpi, column }, index) => {
      const cumulative = [
        ...kpi.boundsSeconds.map((_, at) => Number(row[`h${index}_${at}`])),
        Number(row[`h${index}_count`]),
      ];
      return {
        counts: cumulative.map((count, at) => count - (cumulative[at - 1] ?? 0)),
        sum: sum(query, column, row[`h${index}_sum`]),
      };
    }),
  };
}

function sum(query: EventQuery, column: string, cell: unknown): bigint {
  return cell === null ? 0n : amount(query, column, cell);
}
