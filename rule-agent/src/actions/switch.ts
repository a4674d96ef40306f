import type { Plan } from '../model/action-request.ts';
import type { SwitchEnded, SwitchOutcome, SwitchStarted } from '../model/event.ts';
import type { OpenEpisode } from '../model/history.ts';
import { type NextSwitch, nextSwitch } from '../model/next-switch.ts';
import type { Action, ApplyResult, Inspection } from './action.ts';
import { occasionOf } from './execute.ts';
import type { WriteAhead } from './write-ahead.ts';

export interface Switching {
  action: Action;
  writeAhead: WriteAhead;
  /** Why nobody wants it any more, asked before the switch is written ahead and again right before it is sent. */
  unwanted: () => Promise<string | undefined>;
  isActive: () => boolean;
  /** How late a switch may come that no block waits for. */
  continuityMs: number;
  now: () => number;
}

interface Ending {
  outcome: SwitchOutcome;
  because?: string;
}

/**
 * Sets the action of a switchback on or off, each time under a key of its own, or finds out what became of that.
 *
 * @returns how it ended; undefined when that cannot be known yet, or when this agent may not act any more
 * @throws what `writeAhead` or the target's client rejects with; then nothing was sent, or it is found out later
 */
export async function switchAction(
  open: OpenEpisode,
  switching: Switching,
): Promise<SwitchEnded | undefined> {
  const sent = open.switchback?.switching;
  const due = nextSwitch(open);
  const to = sent?.to ?? due?.to;
  if (to === undefined) return undefined;
  const ending = sent === undefined ? await begin(open, due!, switching) : await resume(open, switching);
  if (ending === undefined) return undefined;
  const { episode, rule } = open.decided;
  return { kind: 'switch_ended', at: switching.now(), episode, rule, to, ...ending };
}

async function begin(open: OpenEpisode, due: NextSwitch, switching: Switching): Promise<Ending | undefined> {
  const { atMs, mostLateMs } = due;
  const { now, unwanted, isActive, continuityMs } = switching;
  if (now() - atMs > (mostLateMs ?? continuityMs)) {
    return { outcome: 'missed', because: 'a switch could not be made in time' };
  }
  const because = await unwanted();
  if (!isActive()) return undefined;
  if (because !== undefined) return { outcome: 'halted', because };
  return due.to === 'on' ? setOn(open, due, switching) : setOff(open, due, switching);
}

/** The target's version has moved on: it is planned anew, and has to come to the same. */
async function setOn(open: OpenEpisode, due: NextSwitch, switching: Switching): Promise<Ending | undefined> {
  const { decided, plan: before } = open;
  const planned = await switching.action.plan(decided.action, occasionOf(decided));
  // It is tried again until the switch is too late.
  if (planned.kind === 'impossible') return undefined;
  const { plan } = planned;
  if (planned.kind === 'nothing_to_do' || plan.from !== before?.from || plan.to !== before.to) {
    return changedSince(plan);
  }
  const key = await writeAhead(open, { due, plan }, switching);
  if (typeof key !== 'string') return key;
  const result = await switching.action.apply(plan, key);
  return result.kind === 'unclear' ? lookAt(plan, switching) : endingOf(result);
}

async function setOff(open: OpenEpisode, due: NextSwitch, switching: Switching): Promise<Ending | undefined> {
  const plan = open.plan!;
  const key = await writeAhead(open, { due, plan }, switching);
  return typeof key === 'string' ? endingOf(await switching.action.revert(plan, key)) : key;
}

/** The key of the switch once it is written ahead; or how it ended, when it was stopped while the journal was written. */
async function writeAhead(
  { decided }: OpenEpisode,
  { due, plan }: { due: NextSwitch; plan: Plan },
  switching: Switching,
): Promise<string | Ending | undefined> {
  const { episode, rule } = decided;
  const { to, block } = due;
  const idempotencyKey = `${decided.idempotencyKey}-${to}-${block ?? 'last'}`;
  const started: SwitchStarted = {
    ...{ kind: 'switch_started', at: switching.now(), episode, rule, to, idempotencyKey, plan },
    ...(block !== undefined && { block }),
  };
  await switching.writeAhead([started]);
  const because = await switching.unwanted();
  if (!switching.isActive()) return undefined;
  return because === undefined ? idempotencyKey : { outcome: 'halted', because };
}

/** A revert may be asked for again. Nothing is applied again: what did not take cuts the switchback short. */
async function resume(open: OpenEpisode, switching: Switching): Promise<Ending | undefined> {
  const { to, plan, idempotencyKey } = open.switchback!.switching!;
  if (to === 'on') return lookAt(plan, switching);
  await switching.writeAhead([]);
  if ((await switching.unwanted()) !== undefined || !switching.isActive()) return undefined;
  return endingOf(await switching.action.revert(plan, idempotencyKey));
}

async function lookAt(plan: Plan, { action }: Switching): Promise<Ending | undefined> {
  return seen(await action.verify(plan), plan);
}

function seen(inspection: Inspection, plan: Plan): Ending | undefined {
  switch (inspection) {
    case 'unreachable':
      return undefined;
    case 'applied':
      return { outcome: 'switched' };
    case 'not_applied':
      return { outcome: 'missed', because: 'a switch was lost on its way; nothing was changed' };
    case 'neither':
      return changedSince(plan);
    case 'gone':
    case 'unknowable':
      return { outcome: 'refused', because: `${plan.system} cannot be asked what became of a switch` };
  }
}

function endingOf(result: ApplyResult): Ending | undefined {
  switch (result.kind) {
    case 'applied':
      return { outcome: 'switched' };
    case 'outdated':
      return { outcome: 'changed_since', because: CHANGED };
    case 'refused':
      return { outcome: 'refused', because: result.because };
    case 'unclear':
      return undefined;
  }
}

const CHANGED = 'the target no longer stands where the last switch left it';

function changedSince({ name, from }: Plan): Ending {
  return { outcome: 'changed_since', because: `${CHANGED}: ${name} is at ${from}` };
}
