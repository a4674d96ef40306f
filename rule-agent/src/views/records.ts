import type { JournalRow } from '../journal/index.ts';
import type { EventKind, JournalEvent } from '../model/event.ts';
import { toAlertShape } from './alerts.ts';
import { isDecision, toDecisionShape } from './decisions.ts';
import { toJournalMoment } from './moments.ts';
import { toPauseShape } from './pauses.ts';
import { toTermsShape } from './rules.ts';
import {
  toActionShape,
  toDeclineShape,
  toEffectShape,
  toExpectShape,
  toFactShape,
  toFactShapes,
  toPlanShape,
  toSilenceWishShape,
  toTime,
} from './shapes.ts';
import { toTokenShape } from './tokens.ts';

/** A row of the journal with all that it says, under the names that the API has for it, and its hash. */
export function toJournalRecord(row: JournalRow): Record<string, unknown> {
  const { seq, hash, event } = row;
  const decision = isDecision(event) ? toDecisionShape(seq, event) : {};
  return { ...toJournalMoment(row), ...decision, ...detailsOf(event), hash };
}

function detailsOf<Kind extends EventKind>(event: EventOf<Kind>): object {
  return DETAILS[event.kind](event);
}

type EventOf<Kind extends EventKind> = Extract<JournalEvent, { kind: Kind }>;

/** What each kind of event says beside what all events, or all decisions, have. */
const DETAILS: { [Kind in EventKind]: (event: EventOf<Kind>) => object } = {
  firing_started: ({ facts }) => ({ facts: toFactShapes(facts) }),
  firing_ended: () => ({}),
  suppressed: ({ leftAlone }) => ({
    left_alone:
      leftAlone === undefined ? null : { control: leftAlone.episode, until: toTime(leftAlone.untilMs) },
  }),
  decided: ({ mode, priority, idempotencyKey, action, expect, cooldownMs, facts, ...decided }) => ({
    mode,
    priority,
    idempotency_key: idempotencyKey,
    action: toActionShape(action),
    expect: toExpectShape(expect),
    cooldown_seconds: cooldownMs / 1000,
    facts: toFactShapes(facts),
    observed_before: toFactShape(decided.observedBefore),
    silence_while_acting: toSilenceWishShape(decided.silence),
    approval:
      decided.approval === undefined
        ? null
        : { needed: decided.approval.needed, expires_at: toTime(decided.approval.expiresAt) },
    switchback_order: decided.switchbackOrder ?? null,
  }),
  released: ({ approvedBy }) => ({ approved_by: approvedBy }),
  approval_ended: ({ by, restMs }) => ({ by: by ?? null, rest_seconds: toSeconds(restMs) }),
  veto_ended: () => ({}),
  approval_given: ({ by, because }) => ({ by, because: because ?? null }),
  approval_asked: ({ system, text, idempotencyKey }) => ({
    system,
    message: text,
    idempotency_key: idempotencyKey,
  }),
  approval_ask_ended: ({ outcome, because }) => ({ outcome, outcome_because: because ?? null }),
  started: ({ idempotencyKey, plan }) => ({ idempotency_key: idempotencyKey, plan: toPlanShape(plan) }),
  finished: ({ outcome, because, plan, reconciled }) => ({
    outcome,
    outcome_because: because ?? null,
    plan: toPlanShape(plan),
    reconciled,
  }),
  switch_started: ({ to, block, idempotencyKey, plan }) => ({
    ...{ to, block: block ?? null, idempotency_key: idempotencyKey },
    plan: toPlanShape(plan),
  }),
  switch_ended: ({ to, outcome, because }) => ({ to, outcome, outcome_because: because ?? null }),
  switchback_measured: ({ judgement, because }) => ({
    ...{ verdict: judgement.verdict, because: because ?? null },
    effect: toEffectShape(judgement),
  }),
  verified: ({ verdict, observedAfter, judgement, because }) => ({
    verdict,
    observed_after: toFactShape(observedAfter),
    because: because ?? null,
    effect: toEffectShape(judgement),
  }),
  verdict_reviewed: ({ look, verdict, judgement, decline, because }) => ({
    ...{ look, verdict, because: because ?? null, effect: toEffectShape(judgement) },
    decline: toDeclineShape(decline),
  }),
  control: ({ ruleVersion, target, verdict, errorPerSpread, level }) => ({
    rule_version: ruleVersion,
    target,
    verdict,
    error_per_spread: errorPerSpread ?? null,
    level: level ?? null,
  }),
  alerts_silenced: ({ system, matchers, endsAt }) => ({ system, matchers, ends_at: toTime(endsAt) }),
  alerts_unsilenced: ({ system }) => ({ system }),
  revert_requested: ({ ruleVersion, plan, cooldownMs, rest, by, because }) => ({
    rule_version: ruleVersion,
    plan: toPlanShape(plan),
    cooldown_seconds: cooldownMs / 1000,
    rest_seconds: toSeconds(rest?.forMs),
    settle_seconds: toSeconds(rest?.settleMs),
    by,
    because,
  }),
  revert_started: ({ idempotencyKey }) => ({ idempotency_key: idempotencyKey }),
  reverted: ({ outcome, because }) => ({ outcome, outcome_because: because ?? null }),
  breaker_reset: ({ ruleVersion, by, because }) => ({ rule_version: ruleVersion, by, because }),
  agent_started: ({ version }) => ({ version }),
  agent_stopped: () => ({}),
  rule_text: ({ ruleVersion, file, text, terms }) => ({
    rule_version: ruleVersion,
    file,
    rule_text: text,
    ...toTermsShape(terms),
  }),
  rules_loaded: ({ rules }) => ({ rules }),
  pause_created: ({ pause }) => ({ pause: toPauseShape(pause) }),
  pause_ended: ({ id, endedBy }) => ({ pause_id: id, ended_by: endedBy }),
  kill_switch_changed: ({ engaged, because }) => ({ engaged, because }),
  kill_switch_ordered: ({ engaged, by, because }) => ({ engaged, by, because }),
  rule_written: ({ ruleVersion, text, by }) => ({ rule_version: ruleVersion, rule_text: text, by }),
  rule_removed: ({ by }) => ({ by }),
  rule_mode_set: ({ mode, by, because }) => ({ mode: mode ?? null, by, because }),
  token_created: ({ token }) => ({ token: toTokenShape(token) }),
  token_revoked: ({ id, name, by }) => ({ token_id: id, name, by }),
  alert_received: toAlertShape,
};

function toSeconds(ms: number | undefined): number | null {
  return ms === undefined ? null : ms / 1000;
}
