import type { Guard } from './guard.ts';

/** Maintenance, and the hours in which the rule may act. */
export const schedule = {
  name: 'schedule',
  objection({ match: { rule } }, { policy, isOpen }) {
    if (isOpen(policy.maintenance, policy.timeZone)) return 'the agent is in maintenance';
    if (rule.schedule === undefined) return undefined;
    const { allowed, maintenance, timeZone } = rule.schedule;
    if (isOpen(maintenance, timeZone)) return 'the rule is in maintenance';
    const closed = allowed.length > 0 && !isOpen(allowed, timeZone);
    return closed ? 'outside the hours in which the rule may act' : undefined;
  },
} as const satisfies Guard;
