import type { ActionRequest } from '../../model/rule.ts';
import type { Guard } from './guard.ts';

/** One action in flight per knob. Within a cycle the earlier candidate has it: priority, then name, then target decide. */
export const conflict: Guard = {
  name: 'conflict',
  objection({ match }, { claims }) {
    const holder = claims.knobs.get(knobOf(match.rule.action));
    return holder === undefined ? undefined : `${knobOf(match.rule.action)} is held by ${holder}`;
  },
};

/** What an action moves; two actions with the same name here must not overlap. */
export function knobOf({ system, name }: ActionRequest): string {
  return `${system}/${name}`;
}
