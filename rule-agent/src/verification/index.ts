export { breaches, requestRevert } from './guardrails.ts';
export { due, verify } from './verify.ts';
export { errorOfFiring, judge, METHOD } from './judge.ts';
export type {
  ComparableMoments,
  ControlMoment,
  InconclusiveReason,
  Judgement,
  PointRange,
  Question,
  ReplayedFirings,
} from './question.ts';
export type { SignalHistory } from './signal-history.ts';
