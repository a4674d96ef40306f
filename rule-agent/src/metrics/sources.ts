import type { Registry } from 'prom-client';
import type { SourceLook } from '../facts/index.ts';
import { FAULTS } from '../prometheus/failure.ts';
import { counter, gauge } from './instruments.ts';

export function sourceMetrics(registry: Registry) {
  const up = gauge(registry, {
    name: 'evenkeel_agent_prometheus_up',
    help: '1 when facts could be read from an endpoint of Prometheus at the last look, all of them and recent; else 0.',
    labelNames: ['endpoint'],
  });
  const active = gauge(registry, {
    name: 'evenkeel_agent_prometheus_active',
    help: '1 for the endpoint that the facts of the last cycle come from, 0 for the others.',
    labelNames: ['endpoint'],
  });
  const failures = counter(registry, {
    name: 'evenkeel_agent_prometheus_failures_total',
    help: 'Looks at an endpoint that showed a fault, by its reason.',
    labelNames: ['endpoint', 'reason'],
  });
  const failovers = counter(registry, {
    name: 'evenkeel_agent_prometheus_failovers_total',
    help: 'Times that facts began to be read from another endpoint.',
  });
  const skew = gauge(registry, {
    name: 'evenkeel_agent_prometheus_clock_skew_seconds',
    help: 'How far the clock of an endpoint is ahead of the agent, at the least; negative when it is behind.',
    labelNames: ['endpoint'],
  });
  return {
    /** Zeroes, so that the first increase is seen as one. */
    expectSources(endpoints: readonly string[]) {
      for (const endpoint of endpoints) {
        active.set({ endpoint }, 0);
        for (const reason of [...FAULTS, 'stale'])
          if (reason !== 'query') failures.inc({ endpoint, reason }, 0);
      }
    },
    sourceLooked(endpoint: string, { health, fault, skewMs }: SourceLook) {
      up.set({ endpoint }, Number(health === 'sound'));
      if (fault !== undefined) failures.inc({ endpoint, reason: fault });
      if (skewMs === undefined) skew.remove({ endpoint });
      else skew.set({ endpoint }, skewMs / 1000);
    },
    sourceChosen(endpoint: string, before: string | undefined) {
      if (before !== undefined) {
        active.set({ endpoint: before }, 0);
        failovers.inc();
      }
      active.set({ endpoint }, 1);
    },
  };
}
