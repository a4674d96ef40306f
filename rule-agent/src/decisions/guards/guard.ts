import type { Facts } from '../../model/fact.ts';
import type { History, Track } from '../../model/history.ts';
import type { Match } from '../../model/match.ts';
import type { Phase } from '../../model/phase.ts';
import type { Budget, Rule, TimeWindow } from '../../model/rule.ts';
import type { Claims } from '../claims.ts';
import type { Fleet } from '../fleet.ts';
import type { Spending } from '../spending.ts';

/** A rule that would act now. */
export interface Candidate {
  match: Match;
  track: Track;
  firingStart: number;
}

/** The agent's own limits, from its config. */
export interface Policy {
  budget: Budget;
  /** After a gap in watching longer than this, `for` starts anew. */
  continuityMs: number;
  /** As in facts: how old a signal's sample may be. */
  maxAgeMs: number;
  /** When no rule may act. */
  maintenance: readonly TimeWindow[];
  timeZone: string;
  /** Of a rule with at least `targets` targets, at most this share may be sick, or worked on, at once. */
  blastRadius: { share: number; targets: number };
  /** A condition that comes and goes `times` within this time is no sound reason. */
  flapping: { times: number; withinMs: number };
  /** What is moved back and forth `turns` times within this time is moved by nobody for `restMs`. */
  oscillation: { turns: number; withinMs: number; restMs: number };
  /** For how long a person's no lasts, unless the condition clears before. */
  veto: { restMs: number };
  approval: { expiresMs: number; needed: number };
  /** Which firings of rules with a hold-out are left alone: those that are drawn; or none or all, where time is played. */
  holdOut: 'drawn' | 'none' | 'all';
}

export interface GuardSituation {
  facts: Facts;
  history: History;
  /** Every rule in force, by its name. */
  rules: ReadonlyMap<string, Rule>;
  /** What has been promised in this cycle already, and is in flight from earlier ones. */
  claims: Claims;
  /** How many targets each rule has, and how many of them are sick. */
  fleets: ReadonlyMap<string, Fleet>;
  /** The actions that budgets count. */
  spending: Spending;
  /** Whether one of the windows is open now. */
  isOpen: (windows: readonly TimeWindow[], timeZone: string) => boolean;
  policy: Policy;
  nowMs: number;
}

/** A reason not to act. */
export interface Guard {
  name: string;
  /** Where a target stands that it holds back; `suppressed` where it does not say. */
  phase?: (track: Track) => Phase;
  /**
   * Why the candidate must not act now, or undefined.
   *
   * The words must stay the same while the cause does: a change of words is a new row in the journal.
   */
  objection(candidate: Candidate, situation: GuardSituation): string | undefined;
}
