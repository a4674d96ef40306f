import type { ActionRequest } from '../model/action-request.ts';
import { type Target, targetKey } from '../model/target.ts';
import type { SpelledOut } from './spelled-out.ts';

/** Something of a system that is there once: `warehouse/cache_ttl`. */
export function namedResource({ system, name }: Pick<ActionRequest, 'system' | 'name'>): string {
  return `${system}/${name}`;
}

/** A request for something that the configuration spells out. */
export interface SpelledOutRequest extends ActionRequest, SpelledOut {}

/** Something that is there once for each value of the labels that it reads, under one name for all that set it. */
export function resourceByLabels(request: SpelledOutRequest, target: Target): string {
  const { name, labels } = request.shared ?? request;
  const named = namedResource({ system: request.system, name });
  if (labels.length === 0) return named;
  return named + targetKey(Object.fromEntries(labels.map((label) => [label, target[label] ?? ''])));
}

/** Something that is there once for each target. */
export function resourceByTarget(request: ActionRequest, target: Target): string {
  return namedResource(request) + targetKey(target);
}
