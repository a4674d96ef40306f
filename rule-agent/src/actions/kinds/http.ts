import {
  type ConfiguredChange,
  type ConfiguredRequest,
  type ConfiguredVerify,
  isIdempotent,
} from '../../config/systems/http.ts';
import type { Endpoint, EndpointRequest } from '../../http/endpoint.ts';
import type { HttpActionRequest, Occasion, Plan, PlanValue } from '../../model/action-request.ts';
import { fillHeader, type Filling, fillJson, fillPath, fillText } from '../../model/template.ts';
import type { ApplyResult, Inspection, PlanResult } from '../action.ts';
import { readJsonAnswer, readWriteAnswer, unreadable, type Unreadable } from './answers.ts';
import { valueAt } from './json-pointer.ts';
import { type Fence, identifying, type Kind, type PlanOf } from './kind.ts';

export interface HttpSystem {
  endpoint: Endpoint;
  requests: Readonly<Record<string, ConfiguredRequest>>;
}

interface Tools {
  systems: Readonly<Record<string, HttpSystem>>;
  fence: Fence;
}

type Found = HttpSystem & { system: string; name: string; request: ConfiguredRequest };

/** Sends requests that the configuration spells out; what one changes is known only where a `verify` reads it. */
export function httpKind(systems: Tools['systems'], fence: Fence): Kind<HttpActionRequest> {
  const tools = { systems, fence };
  return {
    plan: (request, occasion) => plan(tools, request, occasion),
    apply: (given, key) => apply(tools, given, key),
    verify: (given) => inspect(tools, given),
    revert: (given, key) => revert(tools, given, key),
  };
}

async function plan(tools: Tools, request: HttpActionRequest, occasion: Occasion): Promise<PlanResult> {
  const found = find(tools, request);
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

async function apply(tools: Tools, given: PlanOf<HttpActionRequest>, key: string): Promise<ApplyResult> {
  const found = find(tools, given);
  if (found === undefined) return { kind: 'refused', because: notThere(given) };
  return send(found, found.request, { tools, filling: given.occasion, key, version: given.version });
}

async function inspect(tools: Tools, given: PlanOf<HttpActionRequest>): Promise<Inspection> {
  const found = find(tools, given);
  if (found?.request.verify === undefined) return 'unknowable';
  const read = await readValue(found, found.request.verify, given.occasion);
  if (read.kind === 'unreadable') return 'unreachable';
  if (read.value === given.to) return 'applied';
  return read.value === given.from ? 'not_applied' : 'neither';
}

async function revert(tools: Tools, given: PlanOf<HttpActionRequest>, key: string): Promise<ApplyResult> {
  const found = find(tools, given);
  if (found === undefined) return { kind: 'refused', because: notThere(given) };
  const { revert: back, verify } = found.request;
  if (back === undefined) return { kind: 'refused', because: `${given.name} has no revert in the config` };
  if (verify !== undefined) {
    const read = await readValue(found, verify, given.occasion);
    if (read.kind === 'unreadable') return { kind: 'unclear', because: read.because };
    if (read.value === given.from) return { kind: 'applied' };
    if (read.value !== given.to) return { kind: 'outdated' };
  }
  const filling = { ...given.occasion, from: given.from };
  return send(found, back, { tools, filling, key, version: '' });
}

interface Sending {
  tools: Tools;
  filling: Filling;
  key: string;
  version: string;
}

async function send(
  { endpoint, system, request: { honours_idempotency_key: honours } }: Found,
  change: ConfiguredChange,
  { tools, filling, key, version }: Sending,
): Promise<ApplyResult> {
  const composed = compose(change, filling);
  if (composed === undefined) return { kind: 'refused', because: NO_PATH };
  const answer = await endpoint.send({
    ...composed,
    headers: {
      ...composed.headers,
      ...identifying(key, tools.fence),
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

function find({ systems }: Tools, { system, name }: { system: string; name: string }): Found | undefined {
  const found = systems[system];
  const request = found?.requests[name];
  return found && request && { ...found, system, name, request };
}

function notThere({ system, name }: { system: string; name: string }): string {
  return `${system} is not in the config, or has no request ${name}`;
}

function mapValues(
  values: Readonly<Record<string, string>>,
  map: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}
