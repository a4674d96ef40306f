import { collectDefaultMetrics } from 'prom-client';
import type { Registry } from 'prom-client';

/** Gauges that prom-client names like counters; `promtool check metrics` rejects them. */
const MISNAMED = ['handles', 'requests', 'resources'].map((what) => `nodejs_active_${what}_total`);

/**
 * The lag of the event loop: all of its statistics are computed whenever one is asked for, and the standard deviation
 * alone takes a third of a millisecond, as much as reading all of /proc.
 */
const COSTLY = ['', '_min', '_max', '_mean', '_stddev', '_p50', '_p90', '_p99'].map(
  (part) => `nodejs_eventloop_lag${part}_seconds`,
);

/**
 * Adds prom-client's metrics of this process to a registry, without those that break Prometheus's naming rules and
 * those that are dear.
 */
export function processMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  for (const name of [...MISNAMED, ...COSTLY]) registry.removeSingleMetric(name);
}
