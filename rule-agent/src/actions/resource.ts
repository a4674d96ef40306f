import type { ActionRequest } from '../model/action-request.ts';
import { type Target, targetKey } from '../model/target.ts';

/** Something of a system that is there once: `warehouse/cache_ttl`. */
export function namedResource({ system, name }: Pick<ActionRequest, 'system' | 'name'>): string {
  return `${system}/${name}`;
}

/** A request for something that the configuration spells out. */
export interface SpelledOutRequest extends ActionRequest {
  /** The labels of the target that it reads: with other values it is about something else. */
  labels: readonly string[];
}

/** Something that is there once for each value of the labels that it reads. */
export function resourceByLabels(request: SpelledOutRequest, target: Target): string {
  const { labels } = request;
  if (labels.length === 0) return namedResource(request);
  const read = Object.fromEntries(labels.map((label) => [label, target[label] ?? '']));
  return namedResource(request) + targetKey(read);
}

/** Something that is there once for each target. */
export function resourceByTarget(request: ActionRequest, target: Target): string {
  return namedResource(request) + targetKey(target);
}
