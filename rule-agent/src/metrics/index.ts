export { type AgentMetrics, createAgentMetrics } from './agent-metrics.ts';
export type { CycleOutcome } from './cycles.ts';
export type { LoopName } from './loops.ts';
