import { labelsOffered, type Offers } from '../config/index.ts';
import type { ActionRequest, Change } from '../model/action-request.ts';
import type { WrittenAction, WrittenChange } from './action-schema.ts';

/** An action as the agent uses it, from one that passed the schema. */
export function toActionRequest(written: WrittenAction, systems: Offers): ActionRequest {
  const { knob, http, sql, replenish, notify } = written;
  const scale = written['kubernetes-scale'];
  const silence = written['alertmanager-silence'];
  if (knob !== undefined) return { kind: 'knob', ...placeOf(knob), ...toMove(knob) };
  if (http !== undefined) return { kind: 'http', ...placeOf(http), labels: labelsOffered(systems, http) };
  if (sql !== undefined) return { kind: 'sql', ...placeOf(sql), labels: labelsOffered(systems, sql) };
  if (replenish !== undefined) {
    const { system } = replenish;
    return { kind: 'replenish', system, name: 'reorder_points', ...toMove(replenish) };
  }
  if (scale !== undefined) return { kind: 'kubernetes-scale', ...placeOf(scale), ...toMove(scale) };
  if (silence !== undefined) {
    const { system, matchers, for: durationMs } = silence;
    return { kind: 'alertmanager-silence', system, name: 'silence', matchers, durationMs };
  }
  if (notify !== undefined) return { kind: 'notify', name: 'message', ...notify };
  // The schema has seen to it that one of the kinds is there.
  return { kind: 'grafana-annotation', name: 'annotation', ...written['grafana-annotation']! };
}

interface Place {
  system: string;
  name: string;
}

function placeOf({ system, name }: Place): Place {
  return { system, name };
}

function toMove({ set, multiply, add, stronger }: WrittenChange): {
  change: Change;
  stronger?: 'higher' | 'lower';
} {
  if (multiply !== undefined) return { change: { multiply } };
  if (add !== undefined) return { change: { add } };
  return { change: { set: set! }, ...(stronger === undefined ? {} : { stronger }) };
}
