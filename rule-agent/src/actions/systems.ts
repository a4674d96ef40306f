import type { Endpoint } from '../http/endpoint.ts';
import type { ActionRequest, Plan } from '../model/action-request.ts';
import type { Action } from './action.ts';
import type { ConfiguredSystem, KindTools, OpenSystem, PlanOf } from './kind.ts';
import { isMessage, kindNamed, kindOfPlan } from './kind-of.ts';

/** Those that can keep alerts quiet while an action is under way, by their name. */
export type Alertmanagers = Readonly<Record<string, Endpoint>>;

/** The systems of a configuration, ready for use. */
export interface Systems {
  /** One action out of all: each request and each plan goes to its own system. */
  action: Action;
  alertmanagers: Alertmanagers;
  close: () => Promise<void>;
}

/** Opens every system; nothing is connected before it is used. */
export function openSystems(
  configured: Readonly<Record<string, ConfiguredSystem>>,
  tools: KindTools,
): Systems {
  const opened = new Map(
    Object.entries(configured).map(([name, system]) => [name, openOne({ ...system, name }, tools)]),
  );
  return {
    action: actionOn(opened),
    alertmanagers: Object.fromEntries(
      [...opened].flatMap(([name, { open }]) => (open.alertmanager ? [[name, open.alertmanager]] : [])),
    ),
    async close() {
      await Promise.all([...opened.values()].map(({ open }) => open.close()));
    },
  };
}

interface Opened {
  kind: string;
  open: OpenSystem;
}

function openOne(system: ConfiguredSystem & { name: string }, tools: KindTools): Opened {
  const { kind } = system;
  return { kind, open: kindNamed(kind)!.open(system, tools) };
}

function actionOn(opened: ReadonlyMap<string, Opened>): Action {
  // A system is only ever given requests and plans of its own kind.
  const find = ({ system, kind }: Pick<ActionRequest, 'system' | 'kind'>) => {
    const found = opened.get(system);
    return found?.kind === kind ? found.open : undefined;
  };
  const findFor = (plan: Plan) => find({ system: plan.system, kind: kindOfPlan(plan) });
  const gone = ({ system }: Pick<ActionRequest, 'system'>) => `${system} is not in the config`;
  return {
    async plan(request, occasion) {
      const system = find(request);
      return system?.plan(request, occasion) ?? { kind: 'impossible', because: gone(request) };
    },
    async apply(plan, key) {
      return (
        findFor(plan)?.apply(plan as PlanOf<ActionRequest>, key) ?? { kind: 'refused', because: gone(plan) }
      );
    },
    async verify(plan) {
      const system = findFor(plan);
      if (system !== undefined) return system.verify(plan as PlanOf<ActionRequest>);
      // Nobody waits for a message that nobody can look for; anything else is asked should its system come back.
      return isMessage({ kind: kindOfPlan(plan) }) ? 'unknowable' : 'gone';
    },
    async revert(plan, key) {
      return (
        findFor(plan)?.revert(plan as PlanOf<ActionRequest>, key) ?? { kind: 'refused', because: gone(plan) }
      );
    },
    irreversible(plan) {
      const system = findFor(plan);
      return system === undefined ? gone(plan) : system.irreversible?.(plan as PlanOf<ActionRequest>);
    },
  };
}
