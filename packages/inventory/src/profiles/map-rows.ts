import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import type { ScalarKpi } from '../model/kpis.ts';
import type { KpiLabels, KpiReading } from '../model/reading.ts';
import { type CellPosition, invalid, readLabel, readNumber, type Row } from './cells.ts';
import { mapHistogram } from './map-histogram.ts';
import type { ProfileQuery } from './profile.ts';

export interface MappedRows {
  readings: KpiReading[];
  /** One for each figure that is missing because its column could not be read. */
  errors: Error[];
}

/**
 * Maps the rows of a profile's query to figures.
 *
 * A figure whose column cannot be read is missing, with an error that names query, row and column; the others are given.
 */
export function mapRows(query: ProfileQuery, rows: readonly Row[]): MappedRows {
  const mapped: MappedRows = { readings: [], errors: [] };
  let labels: KpiLabels[];
  try {
    labels = rows.map((row, index) => readLabels(query, row, index + 1));
  } catch (error) {
    return { readings: [], errors: [asError(error)] };
  }
  for (const read of readersOf(query, rows, labels)) {
    try {
      mapped.readings.push(read());
    } catch (error) {
      mapped.errors.push(asError(error));
    }
  }
  return mapped;
}

function readersOf(
  query: ProfileQuery,
  rows: readonly Row[],
  labels: readonly KpiLabels[],
): (() => KpiReading)[] {
  return [
    ...query.values.map(({ column, kpi, whenNull }) => () => {
      const skipsNull = whenNull === 'absent';
      return mapScalar({ kpi, query: query.name, column, skipsNull }, rows, labels);
    }),
    ...query.histograms.map(
      ({ kpi, columns }) =>
        () =>
          mapHistogram({ kpi, query: query.name, columns }, rows, labels),
    ),
  ];
}

interface ScalarColumn {
  kpi: ScalarKpi;
  query: string;
  column: string;
  skipsNull: boolean;
}

function mapScalar(
  { kpi, query, column, skipsNull }: ScalarColumn,
  rows: readonly Row[],
  labels: readonly KpiLabels[],
): KpiReading {
  const samples = [];
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    if (skipsNull && row[column] === null) continue;
    const position: CellPosition = { query, row: index + 1, column };
    const key = Object.values(labels[index]!).join('\u0000');
    if (seen.has(key))
      throw invalid(
        position,
        'these labels came in an earlier row already',
        'group by the labels in the SQL',
      );
    seen.add(key);
    samples.push({ labels: labels[index]!, value: checkSign(kpi, readNumber(row, position), position) });
  }
  return { kpi, samples };
}

function checkSign(kpi: ScalarKpi, value: number, position: CellPosition): number {
  if (kpi.type === 'counter' && value < 0)
    throw invalid(position, `${value} for a counter`, 'a counter is never negative');
  return value;
}

function readLabels(query: ProfileQuery, row: Row, number: number): KpiLabels {
  return Object.fromEntries(
    query.labels.map((column) => [column, readLabel(row, { query: query.name, row: number, column })]),
  );
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new EvenkeelError('QUERY_RESULT_INVALID', messageOf(error));
}
