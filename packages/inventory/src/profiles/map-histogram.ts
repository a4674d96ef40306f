import type { HistogramKpi } from '../model/kpis.ts';
import type { HistogramReading, KpiLabels } from '../model/reading.ts';
import { type CellPosition, invalid, readNumber, type Row } from './cells.ts';

export interface HistogramColumns {
  kpi: HistogramKpi;
  query: string;
  columns: { le: string; count: string; sum: string };
}

interface Accumulator {
  labels: KpiLabels;
  counts: number[];
  count: number;
  sum: number;
}

/**
 * Adds up one row per bucket and label set to cumulative histograms.
 *
 * Each row holds the observations of one bucket alone; `le` is one of the KPI's bounds, or NULL above the last one.
 * A row with count 0 announces a label set that has no observation yet.
 */
export function mapHistogram(
  source: HistogramColumns,
  rows: readonly Row[],
  labels: readonly KpiLabels[],
): HistogramReading {
  const byLabels = new Map<string, Accumulator>();
  for (const [index, row] of rows.entries()) {
    const at = (column: string): CellPosition => ({ query: source.query, row: index + 1, column });
    const accumulator = accumulatorOf(byLabels, labels[index]!, source.kpi);
    const bucket = bucketOf(source, row, at(source.columns.le));
    const count = readNumber(row, at(source.columns.count));
    if (count === 0) continue;
    accumulator.counts[bucket]! += count;
    accumulator.count += count;
    accumulator.sum += readNumber(row, at(source.columns.sum));
  }
  return { kpi: source.kpi, samples: [...byLabels.values()].map(toSample) };
}

function accumulatorOf(
  byLabels: Map<string, Accumulator>,
  labels: KpiLabels,
  kpi: HistogramKpi,
): Accumulator {
  const key = Object.values(labels).join('\u0000');
  const known = byLabels.get(key);
  if (known !== undefined) return known;
  const fresh = { labels, counts: new Array<number>(kpi.boundsSeconds.length + 1).fill(0), count: 0, sum: 0 };
  byLabels.set(key, fresh);
  return fresh;
}

function bucketOf({ kpi, columns }: HistogramColumns, row: Row, position: CellPosition): number {
  if (row[columns.le] === null) return kpi.boundsSeconds.length;
  const bound = readNumber(row, position);
  const bucket = kpi.boundsSeconds.indexOf(bound);
  if (bucket === -1) {
    throw invalid(
      position,
      `${bound} is no bound of ${kpi.name}`,
      `its bounds are ${kpi.boundsSeconds.join(', ')}`,
    );
  }
  return bucket;
}

function toSample({ labels, counts, count, sum }: Accumulator) {
  let total = 0;
  const cumulativeCounts = counts.slice(0, -1).map((inBucket) => (total += inBucket));
  return { labels, cumulativeCounts, count, sum };
}
