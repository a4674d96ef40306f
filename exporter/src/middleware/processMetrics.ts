import { collectDefaultMetrics } from 'prom-client';
import type { Registry } from 'prom-client';

/** Gauges that prom-client names like counters; `promtool check metrics` rejects them. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** Adds prom-client's metrics of this process to a registry, without the few that break Prometheus's naming rules. */
export function processMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
}
