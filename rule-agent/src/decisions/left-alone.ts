import { isMessage } from '../actions/kind-of.ts';
import type { LeftAlone } from '../model/event.ts';
import type { History } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { episodeName, firingKey } from './firing-key.ts';
import type { Candidate, GuardSituation } from './guards/guard.ts';
import { holdOut, holdOutMs } from './guards/hold-out.ts';
import { GUARDS, type GuardName } from './guards/index.ts';
import { pause } from './guards/pause.ts';

/**
 * What has to be known to judge a firing that a guard holds back as if something had been done; undefined for one that is no fair
 * sample. That is one whose being left alone depends on how bad it was, on what was done before, or on what comes after:
 * docs/decisions/0026-who-is-left-alone.md has it guard by guard.
 */
export function leftAlone(
  candidate: Candidate,
  guard: GuardName,
  situation: GuardSituation,
): LeftAlone | undefined {
  const { match, track, firingStart } = candidate;
  const { rule } = match;
  if (isMessage(rule.action) || rule.expect.windowMs === 0) return undefined;
  // Once: later only those would be seen that have lasted.
  if (track.leftAlone?.firingStart === firingStart) return undefined;
  const key = firingKey(match, firingStart);
  const judged = {
    ...{ episode: `${episodeName(rule, key)}-control`, idempotencyKey: key },
    ...{ action: rule.action, expect: rule.expect },
  };
  if (guard === pause.name) return wasStoppedBefore(candidate, situation) ? judged : undefined;
  if (guard !== holdOut.name || isHeldForAnother(candidate, situation)) return undefined;
  return { ...judged, untilMs: situation.nowMs + holdOutMs(rule.expect) };
}

/** Another firing of the same target is left alone, and this one only as long as that. */
function isHeldForAnother({ match: { rule }, track }: Candidate, { nowMs }: GuardSituation): boolean {
  const { ruleVersion, untilMs = -Infinity } = track.leftAlone ?? {};
  return ruleVersion === rule.version && nowMs < untilMs;
}

/** It would have been acted on but for a stop that was there before it began, and outlasts its window as far as is known. */
function wasStoppedBefore(candidate: Candidate, situation: GuardSituation): boolean {
  const { match, track, firingStart } = candidate;
  const { history, nowMs } = situation;
  const { settleMs, windowMs } = match.rule.expect;
  return (
    match.outcome === 'firing' &&
    // It is the first moment at which it would have been acted on.
    track.suppression === undefined &&
    isStopped(match.rule, history, { sinceMs: firingStart, untilMs: nowMs + settleMs + windowMs }) &&
    GUARDS.every((guard) => STOPS.includes(guard.name) || !guard.objection(candidate, situation))
  );
}

const STOPS: readonly GuardName[] = [pause.name, holdOut.name];

function isStopped(
  { name }: Rule,
  { killSwitch, pauses }: History,
  { sinceMs, untilMs }: { sinceMs: number; untilMs: number },
): boolean {
  if (killSwitch.engaged && (killSwitch.sinceMs ?? Infinity) <= sinceMs) return true;
  return [...pauses.values()].some(
    ({ rule = name, createdAt, endsAt = Infinity }) =>
      rule === name && createdAt <= sinceMs && endsAt >= untilMs,
  );
}
