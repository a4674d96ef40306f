import { createHash } from 'node:crypto';
import { observeSignal } from '../facts/index.ts';
import type { Decided, Decision, FiringEnded, Suppressed } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import { type Firing, type History, type Track, trackKey } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import { orderByUrgency } from './arbitration.ts';
import { claimFor, openClaims } from './claims.ts';
import { GUARDS } from './guards/index.ts';
import type { Candidate, GuardSituation, Policy } from './guards/guard.ts';

export interface Situation {
  matches: readonly Match[];
  facts: Facts;
  history: History;
  policy: Policy;
  nowMs: number;
}

/**
 * What follows from what is known: firings that start and end, actions decided and actions held back.
 *
 * Pure: the same situation gives the same decisions, and nothing is touched.
 */
export function decide(situation: Situation): Decision[] {
  const guarded = { ...situation, claims: openClaims(situation.history) };
  return orderByUrgency(situation.matches).flatMap((match) => decideMatch(match, guarded));
}

type Guarded = Situation & GuardSituation;

function decideMatch(match: Match, situation: Guarded): Decision[] {
  const track = situation.history.tracks.get(trackKey(match.rule.name, match.targetKey)) ?? newTrack(match);
  const { decisions, firing } = followFiring(match, track, situation);
  if (firing === undefined || track.episode !== undefined) return decisions;
  const unknown = match.outcome === 'unknown';
  if (!unknown && match.outcome !== 'firing') return decisions;
  if (!unknown && situation.nowMs - firing.sinceMs < match.rule.forMs) return decisions;
  return [...decisions, ...judgeCandidate({ match, track, firingStart: firing.sinceMs }, situation)];
}

/** Starts, keeps or ends the firing; what is unknown neither starts nor ends one. */
function followFiring(
  match: Match,
  track: Track,
  situation: Guarded,
): { decisions: Decision[]; firing: Firing | undefined } {
  const { nowMs } = situation;
  const { firing } = track;
  if (match.outcome === 'unknown') return { decisions: [], firing };
  const ended = firing === undefined ? undefined : endOfFiring(match, firing, situation);
  const decisions: Decision[] = ended === undefined ? [] : [ended];
  const kept = ended === undefined ? firing : undefined;
  if (match.outcome !== 'firing' || kept !== undefined) return { decisions, firing: kept };
  decisions.push({ kind: 'firing_started', ...ofTarget(match, nowMs), facts: match.facts });
  return { decisions, firing: { sinceMs: nowMs, confirmedAtMs: nowMs, interrupted: false } };
}

function endOfFiring(match: Match, firing: Firing, { nowMs, policy }: Guarded): FiringEnded | undefined {
  const end = (reason: FiringEnded['reason']): FiringEnded => ({
    kind: 'firing_ended',
    ...ofTarget(match, nowMs),
    firingStart: firing.sinceMs,
    reason,
  });
  if (match.outcome === 'clear') return end('clear');
  if (match.outcome === 'between' && nowMs - firing.sinceMs < match.rule.forMs) return end('not_held');
  const gapMs = nowMs - firing.confirmedAtMs;
  return firing.interrupted || gapMs > policy.continuityMs ? end('interrupted') : undefined;
}

function judgeCandidate(candidate: Candidate, situation: Guarded): Decision[] {
  for (const guard of GUARDS) {
    const because = guard.objection(candidate, situation);
    if (because !== undefined) return suppress(candidate, { guard: guard.name, because }, situation.nowMs);
  }
  const decided = decideAction(candidate, situation);
  if (decided.mode === 'auto') claimFor(situation.claims, decided);
  return [decided];
}

/** A suppression is news only when its reason changes. */
function suppress(
  { match, track, firingStart }: Candidate,
  reason: Pick<Suppressed, 'guard' | 'because'>,
  nowMs: number,
): Suppressed[] {
  const last = track.suppression;
  if (last?.guard === reason.guard && last.because === reason.because) return [];
  return [{ kind: 'suppressed', ...ofTarget(match, nowMs), firingStart, ...reason }];
}

function decideAction({ match, firingStart }: Candidate, { facts, policy, nowMs }: Guarded): Decided {
  const { rule, target } = match;
  const idempotencyKey = keyOf(match, firingStart);
  return {
    kind: 'decided',
    ...ofTarget(match, nowMs),
    episode: `${rule.name}-${idempotencyKey.slice(0, 12)}`,
    // Rules that are off are not evaluated; anything that is not auto must not act.
    mode: rule.mode === 'auto' ? 'auto' : 'shadow',
    priority: rule.priority,
    firingStart,
    idempotencyKey,
    action: rule.action,
    expect: rule.expect,
    cooldownMs: rule.cooldownMs,
    facts: match.facts,
    observedBefore: observeSignal(facts.signals, {
      signal: rule.expect.signal,
      target,
      maxAgeMs: policy.maxAgeMs,
    }),
  };
}

/** The same firing of the same rule on the same target has the same key, before and after a crash. */
function keyOf({ rule, targetKey }: Match, firingStart: number): string {
  return createHash('sha256')
    .update(JSON.stringify([rule.name, rule.version, targetKey, firingStart]))
    .digest('hex')
    .slice(0, 32);
}

function ofTarget({ rule, target, targetKey }: Match, nowMs: number) {
  return { at: nowMs, rule: rule.name, ruleVersion: rule.version, target, targetKey };
}

function newTrack({ rule, target, targetKey }: Match): Track {
  return { rule: rule.name, target, targetKey, cooldownUntilMs: 0 };
}
