import type { JournalRow } from '../journal/index.ts';
import type { Decision, JournalEvent } from '../model/event.ts';
import { describeEvent } from './describe.ts';
import { toTime } from './shapes.ts';

export const DECISION_KINDS = [
  'firing_started',
  'firing_ended',
  'suppressed',
  'decided',
  'released',
  'approval_ended',
  'veto_ended',
] as const;

export const DECISION_OUTCOMES = [
  'pending',
  'ended',
  'suppressed',
  'shadow',
  'act',
  'ask',
  'expired',
  'cleared',
  'rejected',
  'superseded',
  'veto_ended',
] as const;
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number];

/** What a decision comes to, in one word. */
export function decisionOutcome(decision: Decision): DecisionOutcome {
  switch (decision.kind) {
    case 'firing_started':
      return 'pending';
    case 'firing_ended':
      return 'ended';
    case 'suppressed':
      return 'suppressed';
    case 'decided':
      return { auto: 'act', approve: 'ask', shadow: 'shadow' }[decision.mode] as DecisionOutcome;
    case 'released':
      return 'act';
    case 'approval_ended':
      return decision.reason;
    case 'veto_ended':
      return 'veto_ended';
  }
}

export function isDecision(event: JournalEvent): event is Decision {
  return (DECISION_KINDS as readonly string[]).includes(event.kind);
}

/** Decisions as the API shows them, the suppressed ones with their guard and reason. */
export function reportDecisions(rows: readonly JournalRow[]) {
  return rows.flatMap(({ seq, event }) => (isDecision(event) ? [toDecisionShape(seq, event)] : []));
}

/** One decision as the API shows it. */
export function toDecisionShape(seq: number, decision: Decision) {
  return {
    id: seq,
    at: toTime(decision.at),
    outcome: decisionOutcome(decision),
    rule: decision.rule,
    rule_version: decision.ruleVersion,
    target: decision.target,
    firing_since: toTime('firingStart' in decision ? decision.firingStart : decision.at),
    guard: decision.kind === 'suppressed' ? decision.guard : null,
    because: becauseOf(decision),
    episode: 'episode' in decision ? decision.episode : null,
    text: describeEvent(decision),
  };
}

function becauseOf(decision: Decision): string | null {
  if (decision.kind === 'suppressed' || decision.kind === 'approval_ended') return decision.because ?? null;
  return decision.kind === 'firing_ended' ? decision.reason : null;
}
