import { formatDuration } from '@evenkeel/toolkit';
import type { Guard } from './guard.ts';

/** So many actions in so much time, over all rules. */
export const budget: Guard = {
  name: 'budget',
  objection(_candidate, { history, claims, policy, nowMs }) {
    const { actions, perMs } = policy.budget;
    const recent = history.actionStartsMs.filter((startMs) => startMs > nowMs - perMs).length;
    if (recent + claims.actions < actions) return undefined;
    return `the budget of ${actions} actions in ${formatDuration(perMs)} is used up`;
  },
};
