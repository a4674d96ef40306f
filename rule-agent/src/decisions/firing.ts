import type { Decision, FiringEnded } from '../model/event.ts';
import type { Firing, Track } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import type { Holding } from '../model/rule.ts';
import { ofTarget } from './of-target.ts';

export interface Look {
  match: Match;
  track: Track;
  nowMs: number;
  /** After a gap in watching longer than this, a firing starts anew. */
  continuityMs: number;
}

/** Starts, keeps or ends the firing; what is unknown neither starts nor ends one. */
export function followFiring(look: Look): { decisions: Decision[]; firing: Firing | undefined } {
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

function endOfFiring(firing: Firing, look: Look): FiringEnded | undefined {
  const { match, nowMs } = look;
  const end = (reason: FiringEnded['reason']): FiringEnded => ({
    kind: 'firing_ended',
    ...ofTarget(match, nowMs),
    firingStart: firing.sinceMs,
    reason,
  });
  if (match.outcome !== 'firing' && !mayComeBack(firing, look)) {
    if (match.outcome === 'clear') return end('clear');
    if (!wasHeld(firing, look)) return end('not_held');
  }
  const gapMs = nowMs - firing.confirmedAtMs;
  return firing.interrupted || gapMs > look.continuityMs ? end('interrupted') : undefined;
}

/** A condition that need not hold all the time may be away for a look, until it has been held. */
function mayComeBack(firing: Firing, look: Look): boolean {
  const { holding } = look.match.rule;
  return 'of' in holding && !wasHeld(firing, look) && heldLooks(firing, holding.of) > 0;
}

/** Whether it has held long enough at some time: then it is over only when it is clear. */
function wasHeld(firing: Firing, { match, track, nowMs }: Look): boolean {
  const { holding } = match.rule;
  return 'steadyMs' in holding ? nowMs - firing.sinceMs >= holding.steadyMs : track.suppression !== undefined;
}

/** Of the last looks, the present one left out, those at which it held. */
function heldLooks({ looks }: Firing, of: number): number {
  return of === 1 ? 0 : looks.slice(1 - of).filter(Boolean).length;
}
