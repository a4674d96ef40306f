import { isMessage, resourceOf } from '../../actions/kind-of.ts';
import { measurerOf } from '../claims.ts';
import type { Guard } from './guard.ts';

/**
 * One action in flight per thing that is moved, and per signal that is measured: of two, nobody could say which one helped.
 * Messages move nothing and hold nothing back. Within a cycle the earlier candidate has it: priority, expected gain, name and target decide.
 */
export const conflict = {
  name: 'conflict',
  objection({ match: { rule, target } }, { claims }) {
    const resource = resourceOf(rule.action, target);
    const holder = resource === undefined ? undefined : claims.resources.get(resource);
    if (holder !== undefined) return `${resource} is held by ${holder}`;
    if (isMessage(rule.action)) return undefined;
    const measurer = measurerOf(claims, rule.expect.signal, target);
    return measurer === undefined ? undefined : `${rule.expect.signal} is measured by ${measurer}`;
  },
} as const satisfies Guard;
