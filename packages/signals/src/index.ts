export { absenceAlert } from './absence-alert.ts';
export { annotate, humanize, type Links, type RuleContext } from './annotations.ts';
export {
  BACK_BELOW,
  Baseline,
  type BaselineReading,
  type BaselineShape,
  DEVIATES_AT,
  READY_SHARE,
  type Reference,
  type ReferenceReading,
} from './baseline.ts';
export { baselineRules, deviationAlert, looksBackFar } from './baseline-rules.ts';
export { descriptionRules } from './description-rules.ts';
export { DURATION, toSeconds } from './duration.ts';
export { levelAlert, offsetRule } from './level-alert.ts';
export { isPredicted, predictiveAlert, type PredictedSignal } from './predictive-alerts.ts';
export { type AlertingRule, record, type RecordingRule, withRanges } from './rules.ts';
export {
  type Anchors,
  type BandAnchors,
  type Component,
  type DomainScore,
  type Losses,
  scoreDomain,
  scoreTotal,
  utilityOfBand,
  utilityOfHigherRatio,
  utilityOfLower,
} from './score.ts';
export { type AlertState, DeviationAlert, type DeviationOptions } from './deviation.ts';
export { LOW_SCORE, scoreAlert } from './score-alert.ts';
export { levelRule, scoreRules } from './score-rules.ts';
export {
  BASELINE_POINTS_NEEDED,
  BASELINE_RANGE_SECONDS,
  BASELINE_READY,
  BASELINE_ZSCORE,
  type Direction,
  isRange,
  type Limit,
  type Prediction,
  type Range,
  REFERENCE_DEVIATION,
  type Severity,
  type Signal,
  SIGNAL_BOUND,
  SIGNAL_INFO,
  SIGNAL_LEVEL,
  SIGNAL_SAMPLES,
  SIGNAL_VALUE,
  type SignalRatio,
  type SignalScore,
  signalSelector,
  type Timing,
} from './signal.ts';
export { isScored, type ScoredSignal, utilityOf } from './signal-utility.ts';
export {
  alertName,
  boundOn,
  type Side,
  type Threshold,
  thresholdAlerts,
  thresholdsOf,
} from './threshold-alerts.ts';
export { boundRules, isRatio, type RatioSignal, recordingRule, sampleRules } from './value-rules.ts';
export { type Watcher, watcherAlert } from './watcher-alerts.ts';
export { type BoundSide, type Confidence, CONFIDENCES, type Sample, wilsonBound } from './wilson.ts';
export { SlidingWindow } from './sliding-window.ts';
