import type { Prometheus } from '../prometheus/client.ts';
import { endOf, type Grid, type Range, type RangeSeries } from '../prometheus/range.ts';
import type { Labels } from '../model/target.ts';
import type { ReplayedFiring } from './firing-log.ts';

const FIRING_ALERTS = 'ALERTS{alertstate="firing"}';

/** The alerts that fired in a range, or why they cannot be read. */
export type PastAlerts =
  { ok: true; grid: Grid; series: readonly RangeSeries[] } | { ok: false; because: string };

/** Reads which alerts fired, from the same Prometheus. */
export function readPastAlerts(source: Prometheus, range: Range): Promise<PastAlerts> {
  return source.queryRange(FIRING_ALERTS, range);
}

/** The names of the alerts that fired while a firing lasted, on the same target as far as their labels say. */
export function alertsDuring(firing: ReplayedFiring, alerts: PastAlerts): string[] {
  if (!alerts.ok) return [];
  const { grid } = alerts;
  const endMs = firing.endMs ?? endOf(grid);
  const first = Math.max(0, Math.ceil((firing.startMs - grid.startMs) / grid.stepMs));
  const last = Math.floor((endMs - grid.startMs) / grid.stepMs);
  const names = alerts.series
    .filter(({ labels }) => agree(labels, firing.target))
    .filter(({ values }) => values.subarray(first, last + 1).some((value) => value === 1))
    .map(({ labels }) => labels.alertname ?? '');
  return [...new Set(names)].sort();
}

/** Labels that both have are the same; an alert for the whole system has none of them. */
function agree(alert: Labels, target: Labels): boolean {
  return Object.entries(target).every(([name, value]) => (alert[name] ?? value) === value);
}
