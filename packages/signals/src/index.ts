export { BACK_BELOW, baselineRules, deviationAlert, DEVIATES_AT } from './baseline-rules.ts';
export { descriptionRules } from './description-rules.ts';
export { type AlertingRule, alertName, type RecordingRule, recordingRule, thresholdAlerts } from './rules.ts';
export {
  type Anchors,
  type Component,
  type DomainScore,
  type Losses,
  scoreDomain,
  scoreTotal,
  utilityOfHigherRatio,
  utilityOfLower,
} from './score.ts';
export { levelRule, scoreAlert, scoreRules } from './score-rules.ts';
export {
  type Direction,
  type Severity,
  type Signal,
  SIGNAL_LEVEL,
  SIGNAL_VALUE,
  type SignalScore,
  signalSelector,
  type Timing,
} from './signal.ts';
