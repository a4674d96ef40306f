import type { ActionRequest } from './rule.ts';

/** What an action moves, as one name; two actions with the same name must not overlap. */
export function resourceOf({ system, name }: Pick<ActionRequest, 'system' | 'name'>): string {
  return `${system}/${name}`;
}
