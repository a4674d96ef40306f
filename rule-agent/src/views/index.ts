export { reportAlerts } from './alerts.ts';
export { reportApprovals } from './approvals.ts';
export {
  DECISION_KINDS,
  DECISION_OUTCOMES,
  decisionOutcome,
  isDecision,
  reportDecisions,
} from './decisions.ts';
export { describeEvent } from './describe.ts';
export { type EpisodeSeries, reportEpisodeSeries } from './episode-series.ts';
export { reportEpisode, reportEpisodes } from './episodes.ts';
export {
  type EpisodeExplanation,
  type Present,
  reportEpisodeExplanation,
  reportRuleExplanation,
  type RuleExplanation,
} from './explain.ts';
export { reportFacts } from './facts.ts';
export { toJournalMoment } from './moments.ts';
export { reportPauses, toPauseShape } from './pauses.ts';
export { toJournalRecord } from './records.ts';
export { reportEvidence } from './evidence.ts';
export { isWritten, reportRule, reportRules } from './rules.ts';
export { toTime } from './shapes.ts';
export { reportSources } from './sources.ts';
export { reportSummary } from './summary.ts';
export { toConfiguredTokenShape, toTokenShape } from './tokens.ts';
export { findVersion, type KnownVersions, type RuleVersion } from './rule-version.ts';
