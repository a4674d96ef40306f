import type { KnobRequest, Plan, ReplenishRequest } from '../../model/action-request.ts';
import type { ApplyResult, Inspection, PlanResult } from '../action.ts';
import { aimAt } from '../aim.ts';
import { type BoundedNumber, readNumber, writeNumber } from './bounded-number.ts';
import { type Fence, identifying, type Kind } from './kind.ts';

interface Place {
  system: string;
  name: string;
}

interface Bounds {
  min: number;
  max: number;
}

export interface Moving {
  /** Where a number is; undefined when its system is not in the configuration any more. */
  find: (place: Place) => BoundedNumber | undefined;
  /** Narrower bounds than the target's own. */
  boundsOf?: (place: Place) => Partial<Bounds>;
  fence: Fence;
}

/** Moves a bounded number from a plan to what it wants, and back again. */
export function moving<Request extends KnobRequest | ReplenishRequest>(tools: Moving): Kind<Request> {
  return {
    plan: (request, occasion) => planMove(tools, request, occasion),
    apply: (plan, key) => write(tools, plan, { value: plan.to as number, key }),
    verify: (plan) => inspect(tools, plan),
    revert: (plan, key) => putBack(tools, plan, key),
  };
}

async function planMove(
  tools: Moving,
  request: KnobRequest | ReplenishRequest,
  occasion: NonNullable<Plan['occasion']>,
): Promise<PlanResult> {
  const { kind, system, name } = request;
  const number = tools.find(request);
  if (number === undefined) return { kind: 'impossible', because: notThere(request) };
  const read = await readNumber(number);
  if (read.kind === 'unreadable') return { kind: 'impossible', because: read.because };
  const wanted = aimAt(request, read);
  const bounds = within(read, tools.boundsOf?.(request));
  const to = aimAt({ change: { set: wanted } }, { ...bounds, value: read.value });
  const plan = { kind, system, name, from: read.value, to, version: read.version, request, occasion };
  if (to !== read.value) return { kind: 'change', plan };
  return { kind: 'nothing_to_do', because: `${name} is at ${read.value} already`, plan };
}

function within(own: Bounds, { min = -Infinity, max = Infinity }: Partial<Bounds> = {}): Bounds {
  return { min: Math.max(own.min, min), max: Math.min(own.max, max) };
}

async function inspect(tools: Moving, plan: Plan): Promise<Inspection> {
  const number = tools.find(plan);
  const read = number === undefined ? undefined : await readNumber(number);
  if (read?.kind !== 'read') return 'unreachable';
  if (read.value === plan.to) return 'applied';
  return read.value === plan.from && read.version === plan.version ? 'not_applied' : 'neither';
}

async function putBack(tools: Moving, plan: Plan, key: string): Promise<ApplyResult> {
  const number = tools.find(plan);
  if (number === undefined) return { kind: 'refused', because: notThere(plan) };
  const read = await readNumber(number);
  if (read.kind === 'unreadable') return { kind: 'unclear', because: read.because };
  if (read.value === plan.from) return { kind: 'applied' };
  if (read.value !== plan.to) return { kind: 'outdated' };
  return write(tools, { ...plan, version: read.version }, { value: plan.from as number, key });
}

async function write(
  { find, fence }: Moving,
  plan: Plan,
  { value, key }: { value: number; key: string },
): Promise<ApplyResult> {
  const number = find(plan);
  if (number === undefined) return { kind: 'refused', because: notThere(plan) };
  return writeNumber(number, { value, version: plan.version, headers: identifying(key, fence) });
}

function notThere({ system, name }: Place): string {
  return `${system} is not in the config, or has no ${name}`;
}
