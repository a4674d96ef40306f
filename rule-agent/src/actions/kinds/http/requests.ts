import type { Endpoint, EndpointRequest } from '../../../http/endpoint.ts';
import type { Occasion, Plan, PlanValue } from '../../../model/action-request.ts';
import { fillHeader, type Filling, fillJson, fillPath, fillText } from '../../../model/template.ts';
import type { ApplyResult, Inspection, PlanResult } from '../../action.ts';
import { changeHeaders, type Fence } from '../../change-headers.ts';
import { readJsonAnswer, readWriteAnswer, unreadable, type Unreadable } from '../../http-answers.ts';
import type { OpenSystem, PlanOf } from '../../kind.ts';
import type { SpelledOutRequest } from '../../resource.ts';
import {
  type ConfiguredChange,
  type ConfiguredRequest,
  type ConfiguredVerify,
  isIdempotent,
} from './http-system.ts';
import { valueAt } from './json-pointer.ts';

export interface HttpSystem {
  system: string;
  endpoint: Endpoint;
  requests: Readonly<Record<string, ConfiguredRequest>>;
  fence: Fence;
}

type Found = HttpSystem & { name: string; request: ConfiguredRequest };
type HttpPlan = PlanOf<SpelledOutRequest>;

/** The four steps of an action for the requests of one system. */
export function sendingRequests(system: HttpSystem): Omit<OpenSystem<SpelledOutRequest>, 'close'> {
  return {
    plan: (request, occasion) => plan(system, request, occasion),
    apply: (given, key) => apply(system, given, key),
    verify: (given) => inspect(system, given),
    revert: (given, key) => revert(system, given, key),
    irreversible(given) {
      const found = find(system, given);
      if (found === undefined) return notThere(given);
      return found.request.revert === undefined ? hasNoRevert(given) : undefined;
    },
  };
}

function hasNoRevert({ name }: HttpPlan): string {
  return `${name} has no revert in the config`;
}

async function plan(
  requests: HttpSystem,
  request: SpelledOutRequest,
  occasion: Occasion,
): Promise<PlanResult> {
  const found = find(requests, request);
  if (found === undefined) return { kind: 'impossible', because: notThere(request) };
  const path = fillPath(found.request.path, occasion);
  if (path === undefined) return { kind: 'impossible', because: NO_PATH };
  const { verify, method } = found.request;
  const { kind, system, name } = request;
  const base = { kind, system, name, request, occasion };
  if (verify === undefined) {
    return { kind: 'change', plan: { ...base, from: null, to: `${method} ${path}`, version: '' } };
  }
  const read = await readValue(found, verify, occasion);
  if (read.kind === 'unreadable') return { kind: 'impossible', because: read.because };
  const isSamePlace = fillPath(verify.path, occasion) === path;
  const version = isSamePlace ? read.version : '';
  const planned: Plan = { ...base, from: read.value, to: verify.equals, version };
  if (read.value !== verify.equals) return { kind: 'change', plan: planned };
  return { kind: 'nothing_to_do', because: `${name} is at ${verify.equals} already`, plan: planned };
}

async function apply(requests: HttpSystem, given: HttpPlan, key: string): Promise<ApplyResult> {
  const found = find(requests, given);
  if (found === undefined) return { kind: 'refused', because: notThere(given) };
  return send(found, found.request, { filling: given.occasion, key, version: given.version });
}

async function inspect(requests: HttpSystem, given: HttpPlan): Promise<Inspection> {
  const found = find(requests, given);
  if (found?.request.verify === undefined) return 'unknowable';
  const read = await readValue(found, found.request.verify, given.occasion);
  if (read.kind === 'unreadable') return 'unreachable';
  if (read.value === given.to) return 'applied';
  return read.value === given.from ? 'not_applied' : 'neither';
}

async function revert(requests: HttpSystem, given: HttpPlan, key: string): Promise<ApplyResult> {
  const found = find(requests, given);
  if (found === undefined) return { kind: 'refused', because: notThere(given) };
  const { revert: back, verify } = found.request;
  if (back === undefined) return { kind: 'refused', because: hasNoRevert(given) };
  if (verify !== undefined) {
    const read = await readValue(found, verify, given.occasion);
    if (read.kind === 'unreadable') return { kind: 'unclear', because: read.because };
    if (read.value === given.from) return { kind: 'applied' };
    if (read.value !== given.to) return { kind: 'outdated' };
  }
  const filling = { ...given.occasion, from: given.from };
  return send(found, back, { filling, key, version: '' });
}

interface Sending {
  filling: Filling;
  key: string;
  version: string;
}

async function send(
  { endpoint, system, fence, request: { honours_idempotency_key: honours } }: Found,
  change: ConfiguredChange,
  { filling, key, version }: Sending,
): Promise<ApplyResult> {
  const composed = compose(change, filling);
  if (composed === undefined) return { kind: 'refused', because: NO_PATH };
  const answer = await endpoint.send({
    ...composed,
    headers: {
      ...composed.headers,
      ...changeHeaders(key, fence),
      ...(version !== '' && { 'if-match': version }),
    },
    // With If-Match the second of two equal requests looks like somebody else's change.
    repeatable: honours || (isIdempotent(change.method) && version === ''),
  });
  const { status } = change;
  if (answer.kind === 'answered' && answer.status < 300 && status?.includes(answer.status) === false) {
    const because = `${system} answered with HTTP ${answer.status} where ${status.join(' or ')} is expected`;
    return { kind: 'unclear', because };
  }
  return readWriteAnswer(system, answer);
}

/** A request with all placeholders filled, each escaped for its place; undefined when it would have no path. */
export function compose(
  { method, path, query, headers, body }: ConfiguredChange,
  filling: Filling,
): Omit<EndpointRequest, 'repeatable'> | undefined {
  const filled = fillPath(path, filling);
  if (filled === undefined) return undefined;
  return {
    method,
    path: filled,
    query: mapValues(query, (value) => fillText(value, filling)),
    headers: {
      ...mapValues(headers, (value) => fillHeader(value, filling)),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(fillJson(body, filling)) }),
  };
}

type Value = { kind: 'read'; value: PlanValue; version: string } | Unreadable;

async function readValue(
  { endpoint, system, name }: Found,
  { path, query, pointer }: ConfiguredVerify,
  filling: Filling,
): Promise<Value> {
  const composed = compose({ method: 'PUT', path, query, headers: {} }, filling);
  if (composed === undefined) return unreadable(NO_PATH);
  const answer = await endpoint.send({ ...composed, method: 'GET', repeatable: true });
  const read = readJsonAnswer(system, answer, name);
  if (read.kind === 'unreadable') return read;
  const value = valueAt(read.json, pointer);
  if (!isPlanValue(value)) return unreadable(`${system} shows no single value at ${pointer} for ${name}`);
  return { kind: 'read', value, version: read.headers.etag ?? '' };
}

function isPlanValue(value: unknown): value is PlanValue {
  return value === null || ['number', 'string', 'boolean'].includes(typeof value);
}

const NO_PATH = 'a label of the target is empty or dots, and makes no path';

function find(system: HttpSystem, { name }: Pick<Plan, 'name'>): Found | undefined {
  if (!Object.hasOwn(system.requests, name)) return undefined;
  return { ...system, name, request: system.requests[name]! };
}

function notThere({ system, name }: Pick<Plan, 'system' | 'name'>): string {
  return `${system} has no request ${name} in the config`;
}

function mapValues(
  values: Readonly<Record<string, string>>,
  map: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}
