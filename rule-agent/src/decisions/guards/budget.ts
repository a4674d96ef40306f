import { formatDuration } from '@evenkeel/toolkit';
import { isMessage } from '../../actions/kind-of.ts';
import { type ActionStart, trackKey } from '../../model/history.ts';
import type { Budget } from '../../model/rule.ts';
import { countAfter } from '../spending.ts';
import type { Guard, GuardSituation } from './guard.ts';

/**
 * So many actions in so much time: over all rules, of the rule, of the rule on the target. Over all rules messages neither
 * count nor are held back, and what is moved back and forth does not count: another guard ends that, and others need not wait
 * for it.
 */
export const budget = {
  name: 'budget',
  objection({ match: { rule, targetKey } }, situation) {
    const { ofAgent, ofRule, ofTarget } = situation.spending;
    const isOfRule = (start: Started) => start.rule === rule.name;
    const isOfTarget = (start: Started) => isOfRule(start) && start.targetKey === targetKey;
    return (
      usedUp(
        'the agent',
        {
          budget: isMessage(rule.action) ? undefined : situation.policy.budget,
          startsMs: ofAgent,
          counts: ({ message }) => message !== true,
        },
        situation,
      ) ??
      usedUp(
        'the rule',
        { budget: rule.budget.rule, startsMs: ofRule.get(rule.name), counts: isOfRule },
        situation,
      ) ??
      usedUp(
        'the rule on this target',
        {
          budget: rule.budget.target,
          startsMs: ofTarget.get(trackKey(rule.name, targetKey)),
          counts: isOfTarget,
        },
        situation,
      )
    );
  },
} as const satisfies Guard;

type Started = Omit<ActionStart, 'atMs'>;

interface Limit {
  budget: Budget | undefined;
  startsMs: readonly number[] | undefined;
  /** Whether something decided and not started yet will count. */
  counts: (start: Started) => boolean;
}

function usedUp(
  whose: string,
  { budget: limit, startsMs = [], counts }: Limit,
  { claims, nowMs }: GuardSituation,
): string | undefined {
  if (limit === undefined) return undefined;
  const { actions, perMs } = limit;
  const recent = countAfter(startsMs, nowMs - perMs);
  if (recent + claims.unstarted.filter(counts).length < actions) return undefined;
  return `the budget of ${whose}, ${actions} ${actions === 1 ? 'action' : 'actions'} in ${formatDuration(perMs)}, is used up`;
}
