export { rivalOf } from './ask-past.ts';
export { breaches } from './guardrails.ts';
export { requestRevert } from './request-revert.ts';
export { controlOf, dueControls, type WatchedControl, watchedFrom } from './controls.ts';
export { demotion } from './demotion.ts';
export { lookBack, type LookBack } from './look-back.ts';
export { measure, type Watched } from './measure.ts';
export type { Measured } from './measured.ts';
export { type ReadRange, readPast, signalPastQuery } from './past-query.ts';
export { NO_ACTIONS, type PastActions, type Touch, touchesIn } from './touches.ts';
export { dueReviews, lookAtMs, type Reviewed, reviewed, reviewImprovement } from './review.ts';
export {
  consequences,
  due,
  type Finding,
  findingOfSwitchback,
  isDue,
  isToMeasure,
  switchbackMeasured,
  verified,
} from './verify.ts';
export { INCONCLUSIVE } from './question.ts';
export { errorsOfPast, judge, METHOD } from './judge.ts';
export type { ControlMoment, InconclusiveReason, PointRange, Question, ReplayedFirings } from './question.ts';
export type { SignalHistory } from './signal-history.ts';
export { meanOf } from './mean.ts';
export { judgeSwitchback } from './switchback.ts';
