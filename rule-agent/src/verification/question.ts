import type { SignalHistory } from './signal-history.ts';

/** From one point to another, both included. */
export interface PointRange {
  from: number;
  to: number;
}

/** A firing that was left alone, as it is kept: how far what followed was from the forecast, by its spread, and the level it fired at. */
export interface ControlMoment {
  /** Forecast less what came, divided by the spread: positive where it went better than forecast. */
  errorPerSpread: number;
}

/**
 * At which points the rule would have fired. With `threshold`: had the signal been compared with this value instead of the rule's
 * own, in the signal's unit. Points are indexes into the signal.
 */
export type ReplayedFirings = (threshold?: number) => readonly number[];

/** What has to be known to say whether an action helped. */
export interface Question {
  /** The signal that was expected to move, to the end of the window at least. What comes after that is not looked at. */
  signal: SignalHistory;
  /** The index of the last point before anything was sent. */
  before: number;
  /** For how many points an effect takes to show, and how many are looked at then. */
  settlePoints: number;
  windowPoints: number;
  /** Which way is better. */
  direction: 'lower' | 'higher';
  /** The smallest effect that counts, in the signal's unit. Without it: half a sigma, or 5 % of the counterfactual. */
  minimum?: number;
  /** Where this or another action may have moved the signal. What touches them is neither learned from nor compared with. */
  touched: readonly PointRange[];
  /** The rule over the same points. */
  firings: ReplayedFirings;
  /** Whether the rule compares this very signal with a number, so that a lower one may stand in for it. */
  hasThreshold: boolean;
  /** The mean of how many points the rule looks at; 1 when it looks at the last one. */
  levelPoints?: number;
  /** Firings that were left alone, as the journal has them, those of the rule's other targets too. None of those in `firings`. */
  controls?: readonly ControlMoment[];
  /** The same signal of what the action cannot have touched, point by point like the signal. */
  peers?: readonly Float64Array[];
}

/** Why nothing can be said: see docs/agent/verdicts.md. */
export const INCONCLUSIVE = [
  'not_measured',
  'confounded',
  'switchback_cut_short',
  'missing_data',
  'insufficient_history',
  'signal_does_not_move',
  'too_few_comparable_moments',
  'signal_has_changed',
  'not_clear',
] as const;
export type InconclusiveReason = (typeof INCONCLUSIVE)[number];
