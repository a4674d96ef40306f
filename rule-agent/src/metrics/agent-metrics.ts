import { processMetrics } from '@evenkeel/toolkit';
import { Registry } from 'prom-client';
import { cycleMetrics } from './cycles.ts';
import { decisionMetrics } from './decisions.ts';
import { gauge } from './instruments.ts';
import { journalMetrics } from './journal.ts';
import { loopMetrics } from './loops.ts';
import { ruleMetrics } from './rules.ts';
import { silenceMetrics } from './silences.ts';
import { sourceMetrics } from './sources.ts';

export type AgentMetrics = ReturnType<typeof createAgentMetrics>;

/** The agent's metrics of itself. Labels are rule names and fixed words: their number does not grow with the targets. */
export function createAgentMetrics(version: string) {
  const registry = new Registry();
  processMetrics(registry);
  const metrics = {
    ...cycleMetrics(registry),
    ...loopMetrics(registry),
    ...decisionMetrics(registry),
    ...journalMetrics(registry),
    ...sourceMetrics(registry),
    ...silenceMetrics(registry),
    ...ruleMetrics(registry),
  };
  gauge(registry, {
    name: 'evenkeel_agent_build_info',
    help: 'The running version; always 1.',
    labelNames: ['version'],
  }).set({ version }, 1);
  return { registry, ...metrics };
}
