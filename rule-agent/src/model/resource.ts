import type { ActionRequest, Plan } from './action-request.ts';
import { type Target, targetKey } from './target.ts';

/**
 * What an action moves, as one name; two actions with the same name must not overlap. Undefined for one that moves
 * nothing: a message, a mark.
 */
export function resourceOf(request: ActionRequest, target: Target): string | undefined {
  const place = `${request.system}/${request.name}`;
  switch (request.kind) {
    case 'notify':
    case 'grafana-annotation':
      return undefined;
    case 'http':
    case 'sql':
      return place + keyOf(request.labels, target);
    case 'alertmanager-silence':
      return place + targetKey(target);
    default:
      return place;
  }
}

/** The same of something that was done and is to be taken back. */
export function resourceOfPlan({ system, name, request }: Plan, target: Target): string | undefined {
  return request === undefined ? `${system}/${name}` : resourceOf(request, target);
}

function keyOf(labels: readonly string[], target: Target): string {
  if (labels.length === 0) return '';
  return targetKey(Object.fromEntries(labels.map((label) => [label, target[label] ?? ''])));
}
