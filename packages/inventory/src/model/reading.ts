import type { HistogramKpi, ScalarKpi } from './kpis.ts';

export type KpiLabels = Readonly<Record<string, string>>;

export interface ScalarReading {
  kpi: ScalarKpi;
  samples: readonly { labels: KpiLabels; value: number }[];
}

export interface HistogramReading {
  kpi: HistogramKpi;
  samples: readonly HistogramSample[];
}

export interface HistogramSample {
  labels: KpiLabels;
  /** Observations at or below each of the KPI's bounds, `+Inf` left out. */
  cumulativeCounts: readonly number[];
  count: number;
  sum: number;
}

/** What one query says of one figure. */
export type KpiReading = ScalarReading | HistogramReading;

export function isHistogram(reading: KpiReading): reading is HistogramReading {
  return reading.kpi.type === 'histogram';
}
