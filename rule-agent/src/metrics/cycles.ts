import { Histogram, type Registry } from 'prom-client';
import { newestSampleOf } from '../facts/index.ts';
import type { Facts } from '../model/fact.ts';
import { counter, gauge } from './instruments.ts';

export const CYCLE_OUTCOMES = ['ok', 'standby', 'facts_failed', 'journal_failed', 'failed'] as const;
export type CycleOutcome = (typeof CYCLE_OUTCOMES)[number];

export function cycleMetrics(registry: Registry) {
  const duration = new Histogram({
    name: 'evenkeel_agent_cycle_duration_seconds',
    help: 'How long a cycle takes, from the first read to the last decision. Actions take no part in it.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const cycles = counter(registry, {
    name: 'evenkeel_agent_cycles_total',
    help: 'Cycles, by how they ended.',
    labelNames: ['outcome'],
  });
  for (const outcome of CYCLE_OUTCOMES) cycles.inc({ outcome }, 0);
  const missed = counter(registry, {
    name: 'evenkeel_agent_cycles_missed_total',
    help: 'Turns left out because a cycle took too long.',
  });
  const lastCycle = gauge(registry, {
    name: 'evenkeel_agent_last_cycle_timestamp_seconds',
    help: 'When the last cycle ended, whatever its outcome.',
  });
  const lag = gauge(registry, {
    name: 'evenkeel_agent_evaluation_lag_seconds',
    help: 'Age of the newest recorded signal when the last cycle that could read any had read it.',
  });
  return {
    cycleMissed: (turns: number) => missed.inc(turns),
    cycleEnded(cycle: { outcome: CycleOutcome; durationMs: number; endedAtMs: number }) {
      cycles.inc({ outcome: cycle.outcome });
      duration.observe(cycle.durationMs / 1000);
      lastCycle.set(cycle.endedAtMs / 1000);
    },
    factsRead(facts: Facts) {
      const newestMs = newestSampleOf(facts.signals);
      if (newestMs !== undefined) lag.set(Math.max(0, facts.readAtMs - newestMs) / 1000);
    },
  };
}
