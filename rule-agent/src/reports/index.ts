export { announceSources, announceTo } from './announce.ts';
export { reportAlerts } from './alerts.ts';
export { reportApprovals } from './approvals.ts';
export { DECISION_KINDS, decisionOutcome, isDecision, reportDecisions } from './decisions.ts';
export { describeEvent } from './describe.ts';
export { reportEpisode, reportEpisodes } from './episodes.ts';
export {
  type EpisodeExplanation,
  episodeAsText,
  ruleAsText,
  type RuleExplanation,
  situationLines,
} from './explain-text.ts';
export { type Present, reportEpisodeExplanation, reportRuleExplanation } from './explain.ts';
export { reportFacts } from './facts.ts';
export { type AgentMetrics, createAgentMetrics, type CycleOutcome } from './metrics.ts';
export { toJournalMoment } from './moments.ts';
export { reportPauses, toPauseShape } from './pauses.ts';
export { isWritten, reportRule, reportRules } from './rules.ts';
export { toTime } from './shapes.ts';
export { reportSources } from './sources.ts';
export { reportSummary } from './summary.ts';
export { toConfiguredTokenShape, toTokenShape } from './tokens.ts';
