/** Whether an action helped; the reason why that cannot be told follows the colon. Only a later look finds that it faded. */
export type Verdict = 'improved' | 'improved_but_faded' | 'worsened' | 'no_effect' | `inconclusive:${string}`;

/** How well a signal did without an action, at the moments that can be compared. */
export interface ComparableMoments {
  /** How many there are, and how many of weight 1 say as much. */
  count: number;
  effective: number;
  /** They are of a lower threshold, since there were too few of the rule's own. */
  lowered: boolean;
  /** Times of some of them, to be looked at: what followed is in Prometheus. Absent in verdicts that are older than this. */
  at?: readonly number[];
  /** Of their errors, by the spread of the judged moment and in the signal's unit: positive where it went better than forecast. */
  mean: number;
  /** Their 5 % and 95 % quantiles; absent where there are too few to say. */
  low?: number;
  high?: number;
}

/** How long the condition of a rule lasted at firings on which nothing was done. Times are absent where so many were not seen to clear. */
export interface TimeToClear {
  firings: number;
  /** After which time it had cleared in a quarter, half and three quarters of them. */
  lowerMs?: number;
  medianMs?: number;
  upperMs?: number;
}

/** A verdict, and all that it was made of, in the signal's unit. Positive effects are better. */
export interface Judgement {
  verdict: Verdict;
  /** Of this method. A change of it that changes figures is another one. */
  method: number;
  /** Means over the window: what was seen, and what would have been expected without the action. */
  observed?: number;
  counterfactual?: number;
  effect?: number;
  /** Holds the effect with a probability of 90 %. An end is absent where too few moments say nothing of it. */
  low?: number;
  high?: number;
  /** The effect as a share of the counterfactual. */
  relative?: number;
  /** The effect over the whole window: times its seconds. */
  cumulative?: number;
  /** How often as good an error is seen when nothing is done. */
  p?: number;
  /** Effects below it do not count. */
  minimum?: number;
  /** The smallest effect that could have been told from none. */
  smallestVisible?: number;
  moments?: ComparableMoments;
  /** Forecast less what came, and the spread of such errors. */
  error?: number;
  spread?: number;
  /** The signal's standard deviation, robust. */
  sigma?: number;
  /** The level at which the rule fired. */
  level?: number;
  /** How long after the action the condition of the rule had cleared; absent where it had not by the end of the window. */
  clearedAfterMs?: number;
  /** Absent where too few firings were left alone. */
  timeToClear?: TimeToClear;
  /** Of an action that was switched on and off: the mean of the signal in each block, in turn. */
  switchback?: { blocks: readonly SwitchbackBlock[] };
}

export interface SwitchbackBlock {
  isOn: boolean;
  mean: number;
}
