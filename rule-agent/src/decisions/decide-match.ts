import type { Decision, Suppressed } from '../model/event.ts';
import { type Firing, type OpenEpisode, type Track, trackKey } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import type { Mode } from '../model/rule.ts';
import { decideApproval } from './approvals.ts';
import { askGuards, type GuardAnswer, type Objection } from './ask-guards.ts';
import { claimFor } from './claims.ts';
import { followFiring, isHeld } from './firing.ts';
import type { Candidate, GuardSituation } from './guards/guard.ts';
import type { GuardName } from './guards/index.ts';
import { leftAlone } from './left-alone.ts';
import { newEpisode } from './new-episode.ts';
import { ofTarget } from './of-target.ts';
import { newTrack } from './track-book.ts';

/** Why a match led to what it led to: the first question whose answer settled it. */
export type Reason =
  | { kind: 'under_way' | 'awaiting_approval'; episode: string }
  | { kind: 'unknown' | 'not_firing' | 'between' | 'not_held' | 'released' }
  | { kind: 'objection'; guard: GuardName; because: string }
  | { kind: 'decided'; mode: Exclude<Mode, 'off'> };

/** What follows from one match, and why. */
export interface Finding {
  decisions: Decision[];
  reason: Reason;
  /** The firing that goes on, and whether it has held for long enough. */
  firing: Firing | undefined;
  held: boolean;
}

/**
 * Decides one match: the only place that knows the order of the questions.
 *
 * @param answers see `askGuards`; it is filled also where the guards do not come into it
 */
export function decideMatch(match: Match, situation: GuardSituation, answers?: GuardAnswer[]): Finding {
  const { history, nowMs, policy } = situation;
  const known = history.tracks.get(trackKey(match.rule.name, match.targetKey)) ?? newTrackOf(match);
  const { decisions, firing } = followFiring({
    match,
    track: known,
    nowMs,
    continuityMs: policy.continuityMs,
  });
  // What held back a firing that is over is no news of the one that begins.
  const track = decisions.length === 0 ? known : withoutSuppression(known);
  if (endsVeto(track, match, nowMs)) decisions.push({ kind: 'veto_ended', ...ofTarget(match, nowMs) });
  const held = firing !== undefined && isHeld(firing, match.rule.holding, nowMs);
  const candidate = { match, track, firingStart: firing?.sinceMs ?? nowMs };
  const { decisions: further, reason } = settle({ candidate, firing, held }, situation, answers);
  if (answers?.length === 0) askGuards(candidate, situation, answers);
  decisions.push(...further);
  return { decisions, reason, firing, held };
}

function withoutSuppression({ suppression: _suppression, ...track }: Track): Track {
  return track;
}

function endsVeto({ veto }: Track, { outcome }: Match, nowMs: number): boolean {
  return veto !== undefined && outcome === 'clear' && veto.clearsFromMs <= nowMs && nowMs < veto.untilMs;
}

interface Question {
  candidate: Candidate;
  firing: Firing | undefined;
  held: boolean;
}

type Settled = Pick<Finding, 'decisions' | 'reason'>;

function settle(question: Question, situation: GuardSituation, answers: GuardAnswer[] | undefined): Settled {
  const { candidate, firing, held } = question;
  const { track, match } = candidate;
  if (track.episode !== undefined) return settleEpisode(candidate, situation, answers);
  if (firing === undefined) return match.outcome === 'unknown' ? UNKNOWN : NOT_FIRING;
  // What is unknown goes on to the guards: one of them objects to it, and that is recorded.
  if (match.outcome !== 'unknown') {
    if (match.outcome !== 'firing') return BETWEEN;
    if (!held) return NOT_HELD;
  }
  const objection = askGuards(candidate, situation, answers);
  if (objection !== undefined) return suppressed(candidate, objection, situation);
  const decided = newEpisode(candidate, situation);
  if (decided.mode === 'auto') claimFor(situation.claims, decided);
  return { decisions: [decided], reason: { kind: 'decided', mode: decided.mode } };
}

/** What becomes of an episode that waits for a person; one that is under way is left alone. */
function settleEpisode(
  { match, track }: Candidate,
  situation: GuardSituation,
  answers: GuardAnswer[] | undefined,
): Settled {
  const episode = track.episode!;
  const waiting = situation.history.openEpisodes.get(episode);
  if (waiting?.state !== 'awaiting_approval') {
    return { decisions: [], reason: { kind: 'under_way', episode } };
  }
  return settleApproval({ match, track, firingStart: waiting.decided.firingStart }, waiting, {
    situation,
    answers,
  });
}

function settleApproval(
  candidate: Candidate,
  waiting: OpenEpisode,
  { situation, answers }: { situation: GuardSituation; answers: GuardAnswer[] | undefined },
): Settled {
  const next = decideApproval(waiting, candidate.match, situation.nowMs);
  if (next?.kind !== 'released') {
    const reason: Reason = { kind: 'awaiting_approval', episode: waiting.decided.episode };
    return { decisions: next === undefined ? [] : [next], reason };
  }
  const objection = askGuards(candidate, situation, answers);
  if (objection !== undefined) return suppressed(candidate, objection, situation);
  claimFor(situation.claims, waiting.decided);
  return { decisions: [next], reason: { kind: 'released' } };
}

/** A suppression is news only when its reason changes. */
function suppressed(candidate: Candidate, objection: Objection, situation: GuardSituation): Settled {
  const { match, track, firingStart } = candidate;
  const { guard, because } = objection;
  const last = track.suppression;
  const reason: Reason = { kind: 'objection', guard, because };
  if (last?.guard === guard && last.because === because) return { decisions: [], reason };
  const alone = leftAlone(candidate, guard, situation);
  const event: Suppressed = {
    ...{ kind: 'suppressed', ...ofTarget(match, situation.nowMs), firingStart, guard, because },
    ...(alone !== undefined && { leftAlone: alone }),
  };
  return { decisions: [event], reason };
}

const UNKNOWN: Settled = { decisions: [], reason: { kind: 'unknown' } };
const NOT_FIRING: Settled = { decisions: [], reason: { kind: 'not_firing' } };
const BETWEEN: Settled = { decisions: [], reason: { kind: 'between' } };
const NOT_HELD: Settled = { decisions: [], reason: { kind: 'not_held' } };

function newTrackOf({ rule, target, targetKey }: Match): Track {
  return newTrack({ rule: rule.name, target, targetKey });
}
