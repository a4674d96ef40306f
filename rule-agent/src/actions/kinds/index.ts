import type { ActionKind, ActionRequest, Plan } from '../../model/action-request.ts';
import type { Action } from '../action.ts';
import { type Alertmanagers, alertmanagerSilenceKind } from './alertmanager-silence.ts';
import { grafanaAnnotationKind, type Grafanas } from './grafana-annotation.ts';
import { httpKind, type HttpSystem } from './http.ts';
import type { Fence, Kind } from './kind.ts';
import { knobKind, type KnobSystems } from './knob.ts';
import { type Cluster, kubernetesScaleKind } from './kubernetes-scale.ts';
import { type Messenger, notifyKind } from './notify.ts';
import { replenishKind, type ReplenishSystem } from './replenish.ts';
import { sqlKind, type SqlSystem } from './sql/sql.ts';

type ByName<System> = Readonly<Record<string, System>>;

/** The systems of the configuration, by what can be done with them. */
export interface Systems {
  knobs: KnobSystems;
  http: ByName<HttpSystem>;
  sql: ByName<SqlSystem>;
  replenish: ByName<ReplenishSystem>;
  clusters: ByName<Cluster>;
  alertmanagers: Alertmanagers;
  grafanas: ByName<Grafanas[string]>;
  messengers: ByName<Messenger>;
}

export type Kinds = { readonly [K in ActionKind]: Kind<Extract<ActionRequest, { kind: K }>> };

/** Every kind of action there is. */
export function createKinds(systems: Systems, { fence, now }: { fence: Fence; now: () => number }): Kinds {
  return {
    knob: knobKind(systems.knobs, fence),
    http: httpKind(systems.http, fence),
    sql: sqlKind(systems.sql),
    replenish: replenishKind(systems.replenish, fence),
    'kubernetes-scale': kubernetesScaleKind(systems.clusters),
    'alertmanager-silence': alertmanagerSilenceKind(systems.alertmanagers, now),
    'grafana-annotation': grafanaAnnotationKind(systems.grafanas, now),
    notify: notifyKind(systems.messengers, fence),
  };
}

/** One action out of all kinds: each request and each plan goes to its own. */
export function createAction(kinds: Kinds): Action {
  // A kind is only ever given its own requests and plans: that is what the key says.
  const kindOf = ({ kind = 'knob' }: Pick<Plan, 'kind'>): Action => kinds[kind];
  return {
    plan: (request, occasion) => kindOf(request).plan(request, occasion),
    apply: (plan, key) => kindOf(plan).apply(plan, key),
    verify: (plan) => kindOf(plan).verify(plan),
    revert: (plan, key) => kindOf(plan).revert(plan, key),
  };
}
