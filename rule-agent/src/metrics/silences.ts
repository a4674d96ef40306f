import type { Registry } from 'prom-client';
import { counter, gauge } from './instruments.ts';

export function silenceMetrics(registry: Registry) {
  const silences = gauge(registry, {
    name: 'evenkeel_agent_silences',
    help: 'Silences in force for actions under way, as far as Alertmanager said.',
  });
  const failures = counter(registry, {
    name: 'evenkeel_agent_silence_failures_total',
    help: 'Times that alerts could not be silenced, or no longer be silenced, while an action was under way.',
  });
  return {
    silencesKept: (count: number) => silences.set(count),
    silenceFailed: () => failures.inc(),
  };
}
