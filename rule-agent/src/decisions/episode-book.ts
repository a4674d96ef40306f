import {
  type ApprovalAsked,
  type ApprovalAskEnded,
  type ApprovalEnded,
  type ApprovalGiven,
  type Decided,
  type Finished,
  GUARDRAIL,
  type Reverted,
  type RevertRequested,
  type Verified,
} from '../model/event.ts';
import { isMessage } from '../actions/kind-of.ts';
import type { OpenEpisode, Results } from '../model/history.ts';
import { watchedForMs } from '../model/switchback.ts';
import type { HistoryBook } from './history-book.ts';
import { keepForMessage, releaseFiring, settleMessage } from './message-book.ts';
import { recordMove } from './move-book.ts';
import { recordTreated, recordUnacted } from './outcome-book.ts';
import { awaitReview } from './review-book.ts';
import { switchbackFrom } from './switchback-book.ts';
import { forgetFiring, trackFor } from './track-book.ts';

/** A cooldown is doubled this many times at most: with 15 minutes that is a day and a bit. */
const MOST_DOUBLINGS = 7;
const MOST_LAST_REVERTED = 100;

/** An action uses its firing up: a condition that goes on holding has to fulfil `for` again, under a new key. A message is its firing's only one. */
export function recordDecided(history: HistoryBook, event: Decided): void {
  const track = trackFor(history, event);
  if (isMessage(event.action)) keepForMessage(track, event);
  else forgetFiring(track);
  if (track.results.ruleVersion !== event.ruleVersion) track.results = freshResults(event.ruleVersion);
  if (event.mode === 'shadow') {
    track.cooldownUntilMs = event.at + shadowRestMs(event);
    recordUnacted(history, event);
    return;
  }
  track.episode = event.episode;
  history.openEpisodes.set(event.episode, {
    decided: event,
    state: event.mode === 'approve' ? 'awaiting_approval' : 'decided',
    idempotencyKey: event.idempotencyKey,
    approvedBy: [],
  });
}

/** As long as the action would have kept the rule busy, and its rest after that: shadow counts episodes as auto would. */
export function shadowRestMs({ expect, cooldownMs }: Pick<Decided, 'expect' | 'cooldownMs'>): number {
  return watchedForMs(expect) + cooldownMs;
}

/** The same person twice is one yes. */
export function recordApproval(history: HistoryBook, { episode: id, by }: ApprovalGiven): void {
  const episode = history.openEpisodes.get(id);
  if (episode === undefined || episode.approvedBy.includes(by)) return;
  updateEpisode(history, id, { approvedBy: [...episode.approvedBy, by] });
}

/** Counted before it is sent, so that a crash in the middle is an attempt, too. */
export function recordAsked(history: HistoryBook, { episode: id, at }: ApprovalAsked): void {
  const attempts = (history.openEpisodes.get(id)?.ask?.attempts ?? 0) + 1;
  updateEpisode(history, id, { ask: { attempts, atMs: at, sent: false } });
}

export function recordAskEnded(history: HistoryBook, { episode: id, outcome }: ApprovalAskEnded): void {
  const ask = history.openEpisodes.get(id)?.ask;
  if (ask !== undefined) updateEpisode(history, id, { ask: { ...ask, sent: outcome === 'sent' } });
}

/** What is under way while an agent starts was cut off: by a crash, or by the loss of the lead. */
export function cutOffEpisodes(history: HistoryBook): void {
  for (const [id, { state }] of history.openEpisodes) {
    if (state === 'decided' || state === 'executing') updateEpisode(history, id, { cutOff: true });
  }
}

export function recordFinished(history: HistoryBook, event: Finished): void {
  const episode = history.openEpisodes.get(event.episode);
  if (episode === undefined) return;
  settleMessage(trackFor(history, episode.decided), episode.decided, event);
  if (event.outcome !== 'applied') {
    closeEpisode(history, event);
    if (event.outcome === 'failed' || event.outcome === 'unclear') {
      count(history, episode, (results) => ({ useless: results.useless + 1 }));
    }
    return;
  }
  const plan = event.plan ?? episode.plan;
  if (plan !== undefined) recordMove(history, episode.decided, { plan, atMs: event.at });
  const { decided } = episode;
  const settlesAtMs = event.at + decided.expect.settleMs;
  const measuredAtMs = event.at + watchedForMs(decided.expect);
  const switchback = switchbackFrom(decided, event.at);
  updateEpisode(history, event.episode, { state: 'settling', settlesAtMs, measuredAtMs, ...switchback });
}

export function recordVerified(history: HistoryBook, event: Verified): void {
  const episode = history.openEpisodes.get(event.episode);
  if (episode === undefined) return;
  closeEpisode(history, event);
  count(history, episode, (results) => afterVerdict(results, event));
  // Switched on and off, it was seen to end whenever it was off.
  if (event.verdict === 'improved' && episode.switchback === undefined) awaitReview(history, episode);
  const track = trackFor(history, episode.decided);
  const doublings = Math.min(track.results.noEffect, MOST_DOUBLINGS);
  track.cooldownUntilMs = event.at + episode.decided.cooldownMs * 2 ** doublings;
  recordTreated(history, episode.decided, event);
}

/** An action that a guardrail took back made things worse; one that a person took back was unwanted, no more. */
export function recordReverted(history: HistoryBook, event: Reverted): void {
  const requested = history.reverts.get(event.episode)?.requested;
  if (requested === undefined) return;
  history.reverts.delete(event.episode);
  if (event.outcome === 'reverted') {
    history.lastReverted = [...history.lastReverted, event.episode].slice(-MOST_LAST_REVERTED);
  }
  closeEpisode(history, event);
  const track = trackFor(history, requested);
  track.cooldownUntilMs = event.at + requested.cooldownMs;
  if (track.veto?.what === 'reverted' && requested.rest !== undefined) {
    track.veto = { ...track.veto, clearsFromMs: event.at + requested.rest.settleMs };
  }
  track.results = {
    ...track.results,
    rolledBack: event.outcome === 'reverted',
    worsened: track.results.worsened + Number(requested.by === GUARDRAIL),
  };
}

/** What was not approved was not sent. Only a person's no, and nobody's yes, is followed by a rest. */
export function closeApproval(history: HistoryBook, event: ApprovalEnded): void {
  const episode = history.openEpisodes.get(event.episode);
  if (episode === undefined) return;
  const track = trackFor(history, episode.decided);
  releaseFiring(track, episode.decided);
  closeEpisode(history, event);
  if (event.reason === 'superseded') track.cooldownUntilMs = event.at;
  const { at, by = '', because = '', restMs = 0 } = event;
  if (event.reason !== 'rejected' || restMs === 0) return;
  track.veto = { what: 'rejected', by, because, untilMs: at + restMs, clearsFromMs: at };
}

/** A person who wants an action undone does not want it done again. */
export function recordRevertRequested(history: HistoryBook, event: RevertRequested): void {
  history.reviews.delete(event.episode);
  history.reverts.set(event.episode, { requested: event });
  const { at, by, because, rest } = event;
  if (rest === undefined || rest.forMs === 0) return;
  trackFor(history, event).veto = {
    ...{ what: 'reverted', by, because },
    ...{ untilMs: at + rest.forMs, clearsFromMs: at + rest.settleMs },
  };
}

export function closeEpisode(
  history: HistoryBook,
  { episode: id, at }: Pick<ApprovalEnded, 'episode' | 'at'>,
): void {
  const episode = history.openEpisodes.get(id);
  if (episode === undefined) return;
  history.openEpisodes.delete(id);
  const track = trackFor(history, episode.decided);
  delete track.episode;
  delete track.suppression;
  track.cooldownUntilMs = at + episode.decided.cooldownMs;
}

export function updateEpisode(history: HistoryBook, id: string, change: Partial<OpenEpisode>): void {
  const episode = history.openEpisodes.get(id);
  if (episode !== undefined) history.openEpisodes.set(id, { ...episode, ...change });
}

export function freshResults(ruleVersion: string): Results {
  return { ruleVersion, worsened: 0, useless: 0, noEffect: 0, rolledBack: false };
}

function count(
  history: HistoryBook,
  { decided }: OpenEpisode,
  change: (results: Results) => Partial<Results>,
): void {
  const track = trackFor(history, decided);
  track.results = { ...track.results, rolledBack: false, ...change(track.results) };
}

/** What was inconclusive says nothing, for or against. */
function afterVerdict(results: Results, { verdict, episode }: Verified): Partial<Results> {
  const { worsened, useless } = results;
  switch (verdict) {
    case 'improved':
      return { ...freshResults(results.ruleVersion), wiped: { episode, worsened, useless } };
    case 'worsened':
      return { worsened: worsened + 1, noEffect: 0 };
    case 'no_effect':
      return { useless: useless + 1, noEffect: results.noEffect + 1 };
    default:
      return {};
  }
}
