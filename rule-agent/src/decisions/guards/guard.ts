import type { GuardName } from '../../model/event.ts';
import type { History, Track } from '../../model/history.ts';
import type { Match } from '../../model/match.ts';

/** A rule that would act now. */
export interface Candidate {
  match: Match;
  track: Track;
  firingStart: number;
}

/** The agent's own limits, from its config. */
export interface Policy {
  budget: { actions: number; perMs: number };
  /** After a gap in watching longer than this, `for` starts anew. */
  continuityMs: number;
  /** As in facts: how old a signal's sample may be. */
  maxAgeMs: number;
}

/** What has been promised in this cycle already, and is in flight from earlier ones. */
export interface Claims {
  /** Knob -> who holds it. */
  knobs: Map<string, string>;
  actions: number;
}

export interface GuardSituation {
  history: History;
  claims: Claims;
  policy: Policy;
  nowMs: number;
}

/** A reason not to act. */
export interface Guard {
  name: GuardName;
  /**
   * Why the candidate must not act now, or undefined.
   *
   * The words must stay the same while the cause does: a change of words is a new row in the journal.
   */
  objection(candidate: Candidate, situation: GuardSituation): string | undefined;
}
