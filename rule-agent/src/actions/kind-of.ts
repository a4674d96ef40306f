import type { ActionRequest, Plan } from '../model/action-request.ts';
import type { Target } from '../model/target.ts';
import type { ActionKind } from './kind.ts';
import { ACTION_KINDS } from './kinds/index.ts';
import { namedResource } from './resource.ts';

const BY_NAME: ReadonlyMap<string, ActionKind> = new Map(ACTION_KINDS.map((kind) => [kind.name, kind]));

/** The kind of that name; undefined for one that a journal holds and this version does not know. */
export function kindNamed(name: string): ActionKind | undefined {
  return BY_NAME.get(name);
}

/** The name of the kind of a plan: journals from before there were other kinds hold plans of knobs without it. */
export function kindOfPlan({ kind = 'knob' }: Pick<Plan, 'kind'>): string {
  return kind;
}

/** Whether an action is a message: sent once a firing, and not in the agent's budget. */
export function isMessage({ kind }: Pick<ActionRequest, 'kind'>): boolean {
  return kindNamed(kind)?.isMessage === true;
}

/** What an action moves, as one name; undefined for one that moves nothing. */
export function resourceOf(request: ActionRequest, target: Target): string | undefined {
  const kind = kindNamed(request.kind);
  return kind === undefined ? namedResource(request) : kind.resource(request, target);
}

/** The same of something that was done and is to be reverted. */
export function resourceOfPlan(plan: Plan, target: Target): string | undefined {
  return plan.request === undefined ? namedResource(plan) : resourceOf(plan.request, target);
}
