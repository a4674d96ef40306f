import type { Decision, FiringEnded } from '../model/event.ts';
import { isMessage } from '../actions/kind-of.ts';
import type { Firing, FiringMessage, Track } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import type { Holding, Rule } from '../model/rule.ts';
import { ofTarget } from './of-target.ts';

export interface Observation {
  match: Match;
  track: Track;
  nowMs: number;
  /** After a gap in watching longer than this, a firing starts anew. */
  continuityMs: number;
}

/** Starts, keeps or ends the firing; what is unknown neither starts nor ends one. */
export function followFiring(look: Observation): { decisions: Decision[]; firing: Firing | undefined } {
  const { match, track, nowMs } = look;
  const { firing } = track;
  if (match.outcome === 'unknown') return { decisions: [], firing };
  const ended = firing === undefined ? undefined : endOfFiring(firing, look);
  const decisions: Decision[] = ended === undefined ? [] : [ended];
  const kept = ended === undefined ? firing : undefined;
  if (match.outcome !== 'firing' || kept !== undefined) return { decisions, firing: kept };
  decisions.push({ kind: 'firing_started', ...ofTarget(match, nowMs), facts: match.facts });
  return { decisions, firing: { sinceMs: nowMs, confirmedAtMs: nowMs, interrupted: false, looks: [] } };
}

/** Whether a condition that holds now has held for long enough, or often enough. */
export function isHeld(firing: Firing, holding: Holding, nowMs: number): boolean {
  if ('steadyMs' in holding) return nowMs - firing.sinceMs >= holding.steadyMs;
  return heldLooks(firing, holding.of) + 1 >= holding.firing;
}

function endOfFiring(firing: Firing, look: Observation): FiringEnded | undefined {
  const reason = reasonToEnd(firing, look);
  if (reason === undefined) return undefined;
  return { kind: 'firing_ended', ...ofTarget(look.match, look.nowMs), firingStart: firing.sinceMs, reason };
}

/** Why a firing is over, of a match that is known; undefined when it goes on. */
export function reasonToEnd(firing: Firing, look: Observation): FiringEnded['reason'] | undefined {
  const { match, nowMs } = look;
  if (match.outcome !== 'firing' && !mayComeBack(firing, look)) {
    if (match.outcome === 'clear') return 'clear';
    if (!wasHeld(firing, look)) return 'not_held';
  }
  const message = messageOf(firing, match.rule);
  // Its message is not to be sent twice: however long nobody looked, it goes on until the condition has cleared.
  if (message !== undefined) return isToBeSentNow(message, match.rule) ? 'interrupted' : undefined;
  // In both directions: when the clock is set back, what began in the future would not be held for as long as that is away.
  const gapMs = Math.abs(nowMs - firing.confirmedAtMs);
  return firing.interrupted || gapMs > look.continuityMs ? 'interrupted' : undefined;
}

/** The message of a firing, for a rule that still sends messages. */
export function messageOf(firing: Firing | undefined, rule: Rule): FiringMessage | undefined {
  return isMessage(rule.action) ? firing?.message : undefined;
}

function isToBeSentNow({ state }: FiringMessage, { mode }: Rule): boolean {
  return state === 'shadow' && mode !== 'shadow';
}

/** A condition that need not hold all the time may be away for a look, until it has been held. */
function mayComeBack(firing: Firing, look: Observation): boolean {
  const { holding } = look.match.rule;
  return 'of' in holding && !wasHeld(firing, look) && heldLooks(firing, holding.of) > 0;
}

/** Whether it has held long enough at some time: then it is over only when it is clear. */
function wasHeld(firing: Firing, { match, track, nowMs }: Observation): boolean {
  const { holding } = match.rule;
  if (messageOf(firing, match.rule) !== undefined) return true;
  return 'steadyMs' in holding ? nowMs - firing.sinceMs >= holding.steadyMs : track.suppression !== undefined;
}

/** Of the last looks, the present one left out, those at which it held. */
function heldLooks({ looks }: Firing, of: number): number {
  return of === 1 ? 0 : looks.slice(1 - of).filter(Boolean).length;
}
