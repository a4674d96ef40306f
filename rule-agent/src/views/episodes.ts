import { type JournalReader, type JournalRow, rowsOfEpisode } from '../journal/index.ts';
import type { ApprovalGiven, Decided, JournalEvent } from '../model/event.ts';
import { describeEvent } from './describe.ts';
import { describeVerdict } from './describe-verdict.ts';
import {
  toActionShape,
  toClearingShape,
  toEffectShape,
  toExpectShape,
  toFactShape,
  toFactShapes,
  toPlanShape,
  toReviewShape,
  toTime,
} from './shapes.ts';

/** Episodes, newest first, each with what became of it so far. */
export async function reportEpisodes(journal: JournalReader, decidedRows: readonly JournalRow[]) {
  return Promise.all(
    decidedRows.flatMap(({ seq, event }) =>
      event.kind === 'decided' ? [reportOne(journal, seq, event)] : [],
    ),
  );
}

/** One episode with its timeline, or undefined when there is none of that name. */
export async function reportEpisode(journal: JournalReader, episode: string) {
  const rows = await rowsOfEpisode(journal, episode);
  const first = rows[0];
  if (first?.event.kind !== 'decided') return undefined;
  const timeline = toTimeline(rows.map(({ event }) => event));
  return { ...toEpisodeShape(first.seq, first.event, rows), timeline };
}

/** What happened, each with its time and in a sentence. */
export function toTimeline(events: readonly JournalEvent[]) {
  return events
    .toSorted((a, b) => a.at - b.at)
    .map((event) => ({ at: toTime(event.at), kind: event.kind, text: describeEvent(event) }));
}

async function reportOne(journal: JournalReader, seq: number, decided: Decided) {
  return toEpisodeShape(seq, decided, await rowsOfEpisode(journal, decided.episode));
}

function toEpisodeShape(seq: number, decided: Decided, rows: readonly JournalRow[]) {
  const events = rows.map(({ event }) => event);
  const started = events.findLast((event) => event.kind === 'started');
  const finished = events.find((event) => event.kind === 'finished');
  const verified = events.find((event) => event.kind === 'verified');
  const review = events.findLast((event) => event.kind === 'verdict_reviewed');
  const approvals = events.filter((event) => event.kind === 'approval_given');
  return {
    id: decided.episode,
    sequence: seq,
    rule: decided.rule,
    rule_version: decided.ruleVersion,
    priority: decided.priority,
    mode: decided.mode,
    target: decided.target,
    state: stateOf(decided, events),
    firing_since: toTime(decided.firingStart),
    decided_at: toTime(decided.at),
    started_at: toTime(started?.at),
    finished_at: toTime(finished?.at),
    verified_at: toTime(verified?.at),
    action: toActionShape(decided.action),
    plan: toPlanShape(finished?.plan ?? started?.plan),
    idempotency_key: started?.idempotencyKey ?? decided.idempotencyKey,
    outcome: finished?.outcome ?? null,
    outcome_because: finished?.because ?? null,
    reconciled: finished?.reconciled ?? false,
    expect: toExpectShape(decided.expect),
    facts: toFactShapes(decided.facts),
    observed_before: toFactShape(decided.observedBefore),
    observed_after: verified === undefined ? null : toFactShape(verified.observedAfter),
    verdict: review?.verdict ?? verified?.verdict ?? null,
    verdict_text: verified === undefined ? null : describeVerdict({ ...verified, review }, decided.expect),
    effect: toEffectShape(verified?.judgement),
    review: toReviewShape(review),
    clearing: toClearingShape(verified?.judgement),
    approval: toApprovalShape(decided, approvals),
    reverted: toRevertShape(events),
  };
}

/** Where an episode stands, by the last of its events that says so. */
export function stateOf({ mode }: Decided, events: readonly JournalEvent[]): string {
  if (mode === 'shadow') return 'shadow';
  const last = events.findLast(({ kind }) => kind in STATES)!;
  if (last.kind === 'decided') return mode === 'approve' ? 'awaiting_approval' : 'decided';
  if (last.kind === 'finished') return last.outcome === 'applied' ? 'settling' : 'finished';
  if (last.kind === 'reverted') return last.outcome === 'reverted' ? 'rolled_back' : 'verified';
  if (last.kind === 'approval_ended') return last.reason;
  return STATES[last.kind as keyof typeof STATES];
}

const STATES = {
  decided: 'decided',
  released: 'decided',
  approval_ended: 'rejected',
  started: 'executing',
  finished: 'finished',
  verified: 'verified',
  revert_requested: 'reverting',
  reverted: 'rolled_back',
} as const;

function toApprovalShape({ approval }: Decided, given: readonly ApprovalGiven[]) {
  if (approval === undefined) return null;
  return {
    needed: approval.needed,
    expires_at: toTime(approval.expiresAt),
    given: given.map(({ by, at, because }) => ({ by, at: toTime(at), because: because ?? null })),
  };
}

function toRevertShape(events: readonly JournalEvent[]) {
  const requested = events.findLast((event) => event.kind === 'revert_requested');
  if (requested === undefined) return null;
  const { by, because, at } = requested;
  const reverted = events.findLast((event) => event.kind === 'reverted');
  return {
    by,
    because,
    requested_at: toTime(at),
    outcome: reverted?.outcome ?? null,
    reverted_at: toTime(reverted?.at),
  };
}
