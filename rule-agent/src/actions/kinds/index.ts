import type { ActionKind } from '../kind.ts';
import { alertmanagerSilence } from './alertmanager-silence/alertmanager-silence.ts';
import { grafanaAnnotation } from './grafana-annotation/grafana-annotation.ts';
import { http } from './http/http.ts';
import { knob } from './knob/knob.ts';
import { kubernetesScale } from './kubernetes-scale/kubernetes-scale.ts';
import { notify } from './notify/notify.ts';
import { replenish } from './replenish/replenish.ts';
import { sql } from './sql/sql.ts';

/** Every kind of action, in the order in which the docs have them. A folder and a line here add one. */
export const ACTION_KINDS: readonly ActionKind[] = [
  knob,
  http,
  sql,
  replenish,
  kubernetesScale,
  alertmanagerSilence,
  grafanaAnnotation,
  notify,
];
