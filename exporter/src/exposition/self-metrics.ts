import { type Family, gauge } from '../model/family.ts';
import type { SeriesLabels } from '../model/series-labels.ts';
import type { Sampled } from './sample.ts';

/** What the exporter says of its own collectors. */
export function selfMetrics(sampled: readonly Sampled[], now: number, labels: SeriesLabels): Family[] {
  return [
    gauge(
      'evenkeel_exporter_collector_success',
      'Whether the collector gave all it should.',
      sampled.map((one) => ({ labels: labels.of(one.collector), value: one.error === undefined ? 1 : 0 })),
    ),
    gauge(
      'evenkeel_exporter_collector_duration_seconds',
      'Time that the collector took in this scrape.',
      sampled.map((one) => ({ labels: labels.of(one.collector), value: one.durationSeconds })),
    ),
    gauge(
      'evenkeel_exporter_collector_data_age_seconds',
      'Age of the oldest data that the collector gave; above 0 where data is kept between scrapes.',
      sampled
        .filter(({ families }) => families.length > 0)
        .map((one) => ({ labels: labels.of(one.collector), value: ageSeconds(one.families, now) })),
    ),
  ];
}

function ageSeconds(families: readonly Family[], now: number): number {
  let oldestMs = now;
  for (const { takenAtMs } of families)
    if (takenAtMs !== undefined && takenAtMs < oldestMs) oldestMs = takenAtMs;
  return (now - oldestMs) / 1000;
}
