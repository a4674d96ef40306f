import type { Decision } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import type { History } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import type { Rule } from '../model/rule.ts';
import { endedApprovals } from './approvals.ts';
import { orderByUrgency } from './arbitration.ts';
import { openClaims } from './claims.ts';
import { decideMatch } from './decide-match.ts';
import { countFleets } from './fleet.ts';
import type { GuardSituation, Policy } from './guards/guard.ts';
import { sumUpStarts } from './spending.ts';
import { windowsAt } from './time-window.ts';

export interface Situation {
  /** Every rule in force, those too that are off or have no target. */
  rules: readonly Rule[];
  matches: readonly Match[];
  facts: Facts;
  history: History;
  policy: Policy;
  nowMs: number;
}

/**
 * What follows from what is known: firings that start and end, actions decided and actions held back. A step for each match.
 *
 * Pure: the same situation gives the same decisions, and nothing is touched.
 */
export function* decide(situation: Situation): Generator<void, Decision[]> {
  const { matches, history } = situation;
  const guarded = toGuardSituation(situation);
  const decisions: Decision[] = endedApprovals(history, guarded.rules, situation.nowMs);
  yield;
  for (const match of orderByUrgency(matches, history)) {
    decisions.push(...decideMatch(match, guarded).decisions);
    yield;
  }
  return decisions;
}

/** A situation with what is counted once for all candidates. */
export function toGuardSituation(situation: Situation): GuardSituation {
  const { matches, history, rules } = situation;
  return {
    ...situation,
    rules: new Map(rules.map((rule) => [rule.name, rule])),
    claims: openClaims(history),
    fleets: countFleets(matches, history),
    spending: sumUpStarts(history.actionStarts),
    isOpen: windowsAt(situation.nowMs),
  };
}
