import { isWithin } from '../time-window.ts';
import type { Guard } from './guard.ts';

/** Maintenance, and the hours in which the rule may act. */
export const schedule: Guard = {
  name: 'schedule',
  objection({ match: { rule } }, { policy, nowMs }) {
    if (isWithin(policy.maintenance, policy.timeZone, nowMs)) return 'the agent is in maintenance';
    if (rule.schedule === undefined) return undefined;
    const { allowed, maintenance, timeZone } = rule.schedule;
    if (isWithin(maintenance, timeZone, nowMs)) return 'the rule is in maintenance';
    const closed = allowed.length > 0 && !isWithin(allowed, timeZone, nowMs);
    return closed ? 'outside the hours in which the rule may act' : undefined;
  },
};
