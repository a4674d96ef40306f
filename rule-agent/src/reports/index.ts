export { announceTo } from './announce.ts';
export { reportAlerts } from './alerts.ts';
export { DECISION_KINDS, reportDecisions } from './decisions.ts';
export { describeEvent } from './describe.ts';
export { reportEpisode, reportEpisodes } from './episodes.ts';
export { reportFacts } from './facts.ts';
export { type AgentMetrics, createAgentMetrics, type CycleOutcome } from './metrics.ts';
export { reportPauses, toPauseShape } from './pauses.ts';
export { reportRules } from './rules.ts';
