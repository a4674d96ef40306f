import { createHash } from 'node:crypto';
import { observeSignal } from '../facts/index.ts';
import type { Decided, Decision, Suppressed } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import { type History, type Track, trackKey } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import type { SilenceWish } from '../model/rule.ts';
import { decideApproval, expiredApprovals } from './approvals.ts';
import { orderByUrgency } from './arbitration.ts';
import { claimFor, openClaims } from './claims.ts';
import { followFiring, isHeld } from './firing.ts';
import { countFleets } from './fleet.ts';
import { GUARDS } from './guards/index.ts';
import type { Candidate, GuardSituation, Policy } from './guards/guard.ts';
import { ofTarget } from './of-target.ts';
import { sumUpStarts } from './spending.ts';
import { windowsAt } from './time-window.ts';
import { newTrack } from './track-book.ts';

export interface Situation {
  matches: readonly Match[];
  facts: Facts;
  history: History;
  policy: Policy;
  nowMs: number;
}

/**
 * What follows from what is known: firings that start and end, actions decided and actions held back. A step for each match.
 *
 * Pure: the same situation gives the same decisions, and nothing is touched.
 */
export function* decide(situation: Situation): Generator<void, Decision[]> {
  const { matches, history } = situation;
  const guarded = toGuardSituation(situation);
  const decisions: Decision[] = expiredApprovals(history, situation.nowMs);
  yield;
  for (const match of orderByUrgency(matches, history)) {
    decisions.push(...decideMatch(match, guarded));
    yield;
  }
  return decisions;
}

/** A situation with what is counted once for all candidates. */
export function toGuardSituation(situation: Situation): GuardSituation {
  const { matches, history } = situation;
  return {
    ...situation,
    claims: openClaims(history),
    fleets: countFleets(matches, history),
    spending: sumUpStarts(history.actionStarts),
    isOpen: windowsAt(situation.nowMs),
  };
}

function decideMatch(match: Match, situation: GuardSituation): Decision[] {
  const { history, nowMs, policy } = situation;
  const track = history.tracks.get(trackKey(match.rule.name, match.targetKey)) ?? newTrackOf(match);
  const { decisions, firing } = followFiring({ match, track, nowMs, continuityMs: policy.continuityMs });
  if (track.episode !== undefined) {
    return [...decisions, ...decideEpisode({ match, track, episode: track.episode }, situation)];
  }
  if (firing === undefined) return decisions;
  const unknown = match.outcome === 'unknown';
  if (!unknown && match.outcome !== 'firing') return decisions;
  if (!unknown && !isHeld(firing, match.rule.holding, nowMs)) return decisions;
  return [...decisions, ...judgeCandidate({ match, track, firingStart: firing.sinceMs }, situation)];
}

function judgeCandidate(candidate: Candidate, situation: GuardSituation): (Suppressed | Decided)[] {
  const held = objectionTo(candidate, situation);
  if (held !== undefined) return suppress(candidate, held, situation.nowMs);
  const decided = decideAction(candidate, situation);
  if (decided.mode === 'auto') claimFor(situation.claims, decided);
  return [decided];
}

/** What becomes of an episode that waits for a person; one that is under way is left alone. */
function decideEpisode(
  { match, track, episode }: { match: Match; track: Track; episode: string },
  situation: GuardSituation,
): Decision[] {
  const waiting = situation.history.openEpisodes.get(episode);
  if (waiting?.state !== 'awaiting_approval') return [];
  const next = decideApproval(waiting, match, situation.nowMs);
  if (next?.kind !== 'released') return next === undefined ? [] : [next];
  const candidate = { match, track, firingStart: waiting.decided.firingStart };
  const held = objectionTo(candidate, situation);
  if (held !== undefined) return suppress(candidate, held, situation.nowMs);
  claimFor(situation.claims, waiting.decided);
  return [next];
}

type Reason = Pick<Suppressed, 'guard' | 'because'>;

function objectionTo(candidate: Candidate, situation: GuardSituation): Reason | undefined {
  for (const guard of GUARDS) {
    const because = guard.objection(candidate, situation);
    if (because !== undefined) return { guard: guard.name, because };
  }
  return undefined;
}

/** A suppression is news only when its reason changes. */
function suppress({ match, track, firingStart }: Candidate, reason: Reason, nowMs: number): Suppressed[] {
  const last = track.suppression;
  if (last?.guard === reason.guard && last.because === reason.because) return [];
  return [{ kind: 'suppressed', ...ofTarget(match, nowMs), firingStart, ...reason }];
}

function decideAction({ match, firingStart }: Candidate, { facts, policy, nowMs }: GuardSituation): Decided {
  const { rule, target } = match;
  const idempotencyKey = keyOf(match, firingStart);
  const { expiresMs, needed } = policy.approval;
  return {
    kind: 'decided',
    ...ofTarget(match, nowMs),
    episode: `${rule.name}-${idempotencyKey.slice(0, 12)}`,
    // Rules that are off are not evaluated, and anything that is neither auto nor approve must not act.
    mode: rule.mode === 'auto' || rule.mode === 'approve' ? rule.mode : 'shadow',
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
    ...(rule.silence !== undefined && { silence: silenceOf(rule.silence, match) }),
    ...(rule.mode === 'approve' && { approval: { expiresAt: nowMs + expiresMs, needed } }),
  };
}

/** What an action takes beside the time to show and to be watched: applying it, and looking at last. */
const ALLOWANCE_MS = 60_000;

/** Only alerts that have every label of the target, for as long as the action should take and no longer than the rule says. */
function silenceOf(wish: SilenceWish, { rule: { expect }, target }: Match): NonNullable<Decided['silence']> {
  const expectedMs = expect.settleMs + expect.windowMs + ALLOWANCE_MS;
  return {
    system: wish.system,
    matchers: { ...wish.matchers, ...target },
    mostMs: Math.min(expectedMs, wish.mostMs),
  };
}

/** The same firing of the same rule on the same target has the same key, before and after a crash. */
function keyOf({ rule, targetKey }: Match, firingStart: number): string {
  return createHash('sha256')
    .update(JSON.stringify([rule.name, rule.version, targetKey, firingStart]))
    .digest('hex')
    .slice(0, 32);
}

function newTrackOf({ rule, target, targetKey }: Match): Track {
  return newTrack({ rule: rule.name, target, targetKey });
}
