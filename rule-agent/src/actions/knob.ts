import type { Secret } from '@evenkeel/toolkit';
import { z } from 'zod';
import type { HttpAnswer, HttpClient } from '../http/client.ts';
import type { Plan } from '../model/event.ts';
import type { Action, ApplyResult, Inspection, PlanResult } from './action.ts';
import { aimAt } from './aim.ts';

/** A system whose knobs may be moved. Only systems named in the config exist. */
export interface KnobSystem {
  /** The collection of knobs, for example http://127.0.0.1:8005/api/v1/admin/knobs. */
  knobsUrl: string;
  token?: Secret;
  http: HttpClient;
}

export type KnobSystems = Readonly<Record<string, KnobSystem>>;

const knobSchema = z.object({ value: z.number(), min: z.number(), max: z.number() });

type Reading =
  | { kind: 'read'; value: number; min: number; max: number; version: string }
  | { kind: 'unreadable'; because: string };

/** Gives the token of the leader, where there are several agents. */
export type Fence = () => number | undefined;

/**
 * Moves knobs over HTTP: `GET` with ETag, `PUT` with If-Match and Idempotency-Key.
 *
 * Of several agents the leader also sends its Fencing-Token; a system that remembers the highest one it has seen can
 * refuse an agent that was held up for so long that another one has taken over.
 */
export function createKnobAction(systems: KnobSystems, fence: Fence): Action {
  const read = (of: KnobName) => readKnob(systems, of);
  const write = (plan: Plan, value: number, idempotencyKey: string) =>
    writeKnob(systems, plan, { value, idempotencyKey, fencingToken: fence() });
  return {
    async plan(request): Promise<PlanResult> {
      const { system, name } = request;
      const knob = await read(request);
      if (knob.kind === 'unreadable') return { kind: 'impossible', because: knob.because };
      const to = aimAt(request, knob);
      const plan: Plan = { system, name, from: knob.value, to, version: knob.version };
      if (to !== knob.value) return { kind: 'change', plan };
      return { kind: 'nothing_to_do', because: `${name} is at ${knob.value} already`, plan };
    },
    apply: (plan, idempotencyKey) => write(plan, plan.to, idempotencyKey),
    async verify(plan): Promise<Inspection> {
      const knob = await read(plan);
      if (knob.kind === 'unreadable') return 'unreachable';
      if (knob.value === plan.to) return 'applied';
      return knob.value === plan.from && knob.version === plan.version ? 'not_applied' : 'neither';
    },
    async revert(plan, idempotencyKey): Promise<ApplyResult> {
      const knob = await read(plan);
      if (knob.kind === 'unreadable') return { kind: 'unclear', because: knob.because };
      if (knob.value === plan.from) return { kind: 'applied' };
      if (knob.value !== plan.to) return { kind: 'outdated' };
      return write({ ...plan, version: knob.version }, plan.from, idempotencyKey);
    },
  };
}

interface KnobName {
  system: string;
  name: string;
}

function knobUrl(system: KnobSystem, name: string): string {
  return `${system.knobsUrl.replace(/\/+$/, '')}/${encodeURIComponent(name)}`;
}

async function readKnob(systems: KnobSystems, { system: systemName, name }: KnobName): Promise<Reading> {
  const system = systems[systemName];
  if (system === undefined) return unreadable(`system ${systemName} is not in the config`);
  const request = { method: 'GET', url: knobUrl(system, name), headers: authorization(system) } as const;
  const answer = await system.http.send(request);
  if (answer.kind === 'failed') return unreadable(`${systemName} cannot be reached: ${answer.because}`);
  if (answer.status !== 200)
    return unreadable(`${systemName} answered with HTTP ${answer.status} for knob ${name}`);
  const knob = knobSchema.safeParse(parseJson(answer.text));
  const version = answer.headers.etag;
  if (!knob.success) return unreadable(`${systemName} did not describe knob ${name} with value, min and max`);
  if (version === undefined) return unreadable(`${systemName} gave no ETag for knob ${name}`);
  return { kind: 'read', ...knob.data, version };
}

function unreadable(because: string): Reading {
  return { kind: 'unreadable', because };
}

interface KnobWrite {
  value: number;
  idempotencyKey: string;
  fencingToken: number | undefined;
}

async function writeKnob(
  systems: KnobSystems,
  plan: Plan,
  { value, idempotencyKey, fencingToken }: KnobWrite,
): Promise<ApplyResult> {
  const system = systems[plan.system];
  if (system === undefined) return { kind: 'refused', because: `system ${plan.system} is not in the config` };
  const answer = await system.http.send({
    method: 'PUT',
    url: knobUrl(system, plan.name),
    headers: {
      ...authorization(system),
      'content-type': 'application/json',
      'if-match': plan.version,
      'idempotency-key': idempotencyKey,
      ...(fencingToken !== undefined && { 'fencing-token': String(fencingToken) }),
    },
    body: JSON.stringify({ value }),
  });
  return readWriteAnswer(plan.system, answer);
}

function readWriteAnswer(system: string, answer: HttpAnswer): ApplyResult {
  if (answer.kind === 'failed') return { kind: 'unclear', because: `${system}: ${answer.because}` };
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'applied' };
  if (status === 412) return { kind: 'outdated' };
  if (status >= 300 && status < 500) {
    return { kind: 'refused', because: `${system} answered with HTTP ${status}${detailOf(answer.text)}` };
  }
  return { kind: 'unclear', because: `${system} answered with HTTP ${status}` };
}

const problemSchema = z.object({ detail: z.string().max(300) });

function detailOf(text: string): string {
  const problem = problemSchema.safeParse(parseJson(text));
  return problem.success ? `: ${problem.data.detail}` : '';
}

function authorization({ token }: KnobSystem): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
