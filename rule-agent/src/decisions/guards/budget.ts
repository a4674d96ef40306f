import { formatDuration } from '@evenkeel/toolkit';
import type { ActionStart } from '../../model/history.ts';
import type { Budget } from '../../model/rule.ts';
import type { Guard, GuardSituation } from './guard.ts';

/** So many actions in so much time: over all rules, of the rule, of the rule on the target. */
export const budget: Guard = {
  name: 'budget',
  objection({ match: { rule, targetKey } }, situation) {
    const ofRule = (start: Started) => start.rule === rule.name;
    const ofTarget = (start: Started) => ofRule(start) && start.targetKey === targetKey;
    return (
      usedUp('the agent', { budget: situation.policy.budget, counts: () => true }, situation) ??
      usedUp('the rule', { budget: rule.budget.rule, counts: ofRule }, situation) ??
      usedUp('the rule on this target', { budget: rule.budget.target, counts: ofTarget }, situation)
    );
  },
};

type Started = Pick<ActionStart, 'rule' | 'targetKey'>;

interface Limit {
  budget: Budget | undefined;
  counts: (start: Started) => boolean;
}

function usedUp(
  whose: string,
  { budget: limit, counts }: Limit,
  { history, claims, nowMs }: GuardSituation,
): string | undefined {
  if (limit === undefined) return undefined;
  const { actions, perMs } = limit;
  const recent = history.actionStarts.filter((start) => start.atMs > nowMs - perMs && counts(start)).length;
  if (recent + claims.unstarted.filter(counts).length < actions) return undefined;
  return `the budget of ${whose}, ${actions} actions in ${formatDuration(perMs)}, is used up`;
}
