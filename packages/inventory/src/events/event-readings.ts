import type { KpiLabels, KpiReading } from '../model/reading.ts';
import type { EventQuery } from '../profiles/profile.ts';
import { invalidEvent, toNumber } from './event-row.ts';
import type { HistogramTotals, LabelTotals } from './tally.ts';

/**
 * The figures of an event query: its sums, and zero for the labels of `zeros` that have no event yet.
 *
 * @throws EvenkeelError QUERY_RESULT_INVALID when a counter is below zero
 */
export function eventReadings(
  query: EventQuery,
  totals: readonly LabelTotals[],
  zeros: readonly (readonly string[])[],
): KpiReading[] {
  const all = [...totals, ...missingZeros(query, totals, zeros)].map((one) => ({
    one,
    labels: toLabels(query, one.labels),
  }));
  return [
    ...query.values.map(({ column, kpi }, index) => ({
      kpi,
      samples: all.map(({ one, labels }) => {
        const value = toNumber(one.amounts[index]!);
        if (value < 0) throw invalidEvent(query, column, `${value} for a counter`);
        return { labels, value };
      }),
    })),
    ...query.histograms.map(({ kpi }, index) => ({
      kpi,
      samples: all.map(({ one, labels }) => toHistogram(labels, one.histograms[index]!)),
    })),
  ];
}

function missingZeros(
  { values, histograms }: EventQuery,
  totals: readonly LabelTotals[],
  zeros: readonly (readonly string[])[],
): LabelTotals[] {
  const known = new Set(totals.map(({ labels }) => labels.join('\u0000')));
  return zeros
    .filter((labels) => !known.has(labels.join('\u0000')))
    .map((labels) => ({
      labels,
      rows: 0,
      amounts: values.map(() => 0n),
      histograms: histograms.map(({ kpi }) => ({
        counts: new Array<number>(kpi.boundsSeconds.length + 1).fill(0),
        sum: 0n,
      })),
    }));
}

function toLabels({ labels: names }: EventQuery, labels: readonly string[]): KpiLabels {
  return Object.fromEntries(names.map((name, index) => [name, labels[index]!]));
}

function toHistogram(labels: KpiLabels, { counts, sum }: HistogramTotals) {
  let count = 0;
  const cumulative = counts.map((inBucket) => (count += inBucket));
  return { labels, cumulativeCounts: cumulative.slice(0, -1), count, sum: toNumber(sum) };
}
