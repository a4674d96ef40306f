import type { ActionRequest, Occasion, Plan } from '../../model/action-request.ts';
import type { ApplyResult, Inspection, PlanResult } from '../action.ts';
import { changeHeaders, type Fence } from '../change-headers.ts';
import type { OpenSystem } from '../kind.ts';
import { aimAt } from './aim.ts';
import { type BoundedNumber, readNumber, writeNumber } from './bounded-number.ts';
import type { NumberChange } from './number-change.ts';

/** A request that moves a number. */
export type MoveRequest = ActionRequest & NumberChange;

export function isMove(request: ActionRequest): request is MoveRequest {
  return 'change' in request;
}

interface Bounds {
  min: number;
  max: number;
}

export interface NumberSystem {
  /** Where a number of the system is, by its name. */
  find: (name: string) => BoundedNumber;
  /** Narrower bounds than the target's own. */
  bounds?: Bounds;
  fence: Fence;
}

/** Moves a bounded number from where it is to what a request wants, and back again. */
export function movingNumbers(system: NumberSystem): Omit<OpenSystem<MoveRequest>, 'close'> {
  return {
    plan: (request, occasion) => plan(system, request, occasion),
    apply: (given, key) => write(system, given, { value: given.to as number, key }),
    verify: (given) => inspect(system, given),
    revert: (given, key) => putBack(system, given, key),
  };
}

async function plan(
  { find, bounds }: NumberSystem,
  request: MoveRequest,
  occasion: Occasion,
): Promise<PlanResult> {
  const { kind, system, name } = request;
  const read = await readNumber(find(name));
  if (read.kind === 'unreadable') return { kind: 'impossible', because: read.because };
  const wanted = aimAt(request, read);
  const to = aimAt({ change: { set: wanted } }, { ...within(read, bounds), value: read.value });
  const planned = { kind, system, name, from: read.value, to, version: read.version, request, occasion };
  if (to !== read.value) return { kind: 'change', plan: planned };
  return { kind: 'nothing_to_do', because: `${name} is at ${read.value} already`, plan: planned };
}

function within(own: Bounds, { min, max }: Bounds = { min: -Infinity, max: Infinity }): Bounds {
  return { min: Math.max(own.min, min), max: Math.min(own.max, max) };
}

async function inspect({ find }: NumberSystem, given: Plan): Promise<Inspection> {
  const read = await readNumber(find(given.name));
  if (read.kind !== 'read') return 'unreachable';
  if (read.value === given.to) return 'applied';
  return read.value === given.from && read.version === given.version ? 'not_applied' : 'neither';
}

async function putBack(system: NumberSystem, given: Plan, key: string): Promise<ApplyResult> {
  const read = await readNumber(system.find(given.name));
  if (read.kind === 'unreadable') return { kind: 'unclear', because: read.because };
  if (read.value === given.from) return { kind: 'applied' };
  if (read.value !== given.to) return { kind: 'outdated' };
  return write(system, { ...given, version: read.version }, { value: given.from as number, key });
}

async function write(
  { find, fence }: NumberSystem,
  { name, version }: Plan,
  { value, key }: { value: number; key: string },
): Promise<ApplyResult> {
  return writeNumber(find(name), { value, version, headers: changeHeaders(key, fence) });
}
