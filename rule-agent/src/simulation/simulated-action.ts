import type { Action } from '../actions/index.ts';
import { isMove } from '../actions/numbers/move.ts';
import type { ActionRequest, PlanValue } from '../model/action-request.ts';

/**
 * Everything can be changed, and stands where it was put; but for systems that refuse. Nothing is contacted.
 *
 * How something stood before it was first set is not known, nor are the bounds of a knob.
 */
export function simulatedAction(refusing: ReadonlySet<string>): Action {
  const values = new Map<string, PlanValue>();
  const placeOf = ({ system, name }: { system: string; name: string }) => `${system}/${name}`;
  return {
    plan(request, occasion) {
      const { kind, system, name } = request;
      if (refusing.has(system)) {
        return Promise.resolve({ kind: 'impossible', because: `${system} refuses, as the test says` });
      }
      const from = values.get(placeOf(request)) ?? null;
      const to = valueAfter(request, from);
      const plan = { ...{ kind, system, name, from, to, request, occasion }, version: '""' };
      return Promise.resolve({ kind: 'change', plan });
    },
    apply(plan) {
      values.set(placeOf(plan), plan.to);
      return Promise.resolve({ kind: 'applied' });
    },
    verify: () => Promise.resolve('applied'),
    revert(plan) {
      values.set(placeOf(plan), plan.from);
      return Promise.resolve({ kind: 'applied' });
    },
  };
}

/** The value that a request leads to, or null where it is not known. */
function valueAfter(request: ActionRequest, from: PlanValue): PlanValue {
  if (!isMove(request)) return null;
  const { change } = request;
  if ('set' in change) return change.set;
  if (typeof from !== 'number') return null;
  return 'multiply' in change ? from * change.multiply : from + change.add;
}
