import { formatDuration } from '@evenkeel/toolkit';
import type { Plan } from '../model/action-request.ts';
import type { JournalEvent, SwitchStarted } from '../model/event.ts';
import { targetKey } from '../model/target.ts';

const WILL = {
  auto: (target: string) => `acts on ${target}`,
  approve: (target: string) => `would act on ${target}, and waits for a person`,
  shadow: (target: string) => `would act on ${target}, but is in shadow mode`,
};

const WAITED = {
  expired: 'nobody approved it in time',
  cleared: 'the condition was over before it was approved',
  rejected: 'rejected',
  superseded: 'no longer asked for',
};

const REVERTED = {
  reverted: 'reverted',
  changed_since: 'left as it is, for it was changed since',
  refused: 'could not be reverted',
};

/** One sentence for an event, for logs and timelines. */
export function describeEvent(event: JournalEvent): string {
  switch (event.kind) {
    case 'agent_started':
      return `agent ${event.version} started`;
    case 'agent_stopped':
      return 'agent stopped';
    case 'rule_text':
      return `${event.rule} is known as version ${event.ruleVersion}`;
    case 'rules_loaded':
      return `${event.rules.length} rules loaded: ${event.rules.map(({ name, mode }) => `${name} (${mode})`).join(', ')}`;
    case 'firing_started':
      return `${event.rule} fires on ${targetKey(event.target)}`;
    case 'firing_ended':
      return `${event.rule} no longer fires on ${targetKey(event.target)}: ${event.reason}`;
    case 'suppressed':
      return `${event.rule} does not act on ${targetKey(event.target)}: ${event.guard}: ${event.because}`;
    case 'decided':
      return `${event.rule} ${WILL[event.mode](targetKey(event.target))}`;
    case 'approval_given':
      return `approved by ${event.by}${because(event.because)}`;
    case 'approval_asked':
      return `asking people by ${event.system}: ${event.text}`;
    case 'approval_ask_ended':
      return event.outcome === 'sent'
        ? 'the message that it waits for an approval was sent'
        : `the message that it waits for an approval is not known to have arrived${because(event.because)}`;
    case 'released':
      return `${event.rule} acts on ${targetKey(event.target)}, approved by ${event.approvedBy.join(' and ')}`;
    case 'approval_ended':
      return `${WAITED[event.reason]}${event.by === undefined ? '' : ` by ${event.by}`}${because(event.because)}`;
    case 'veto_ended':
      return `${event.rule} is free again on ${targetKey(event.target)}: the condition has cleared`;
    case 'started':
      return `sending ${describePlan(event.plan)}`;
    case 'finished':
      return `${event.outcome}${event.plan === undefined ? '' : ` ${describePlan(event.plan)}`}${because(event.because)}`;
    case 'switch_started':
      return `switching ${event.to}${event.block === undefined ? ', to stay' : ` for block ${event.block}`}: ${describePlan(turned(event))}`;
    case 'switch_ended':
      return `${event.outcome === 'switched' ? 'switched' : `not switched`} ${event.to}${because(event.because)}`;
    case 'switchback_measured':
      return `all blocks are measured: ${event.judgement.verdict}${because(event.because)}`;
    case 'verified':
      return `verdict ${event.verdict}${because(event.because)}`;
    case 'verdict_reviewed':
      return event.verdict === 'improved_but_faded'
        ? 'the improvement did not last'
        : `the improvement is not taken back after ${event.look} windows${because(event.because)}`;
    case 'control':
      return `left alone, and judged as if there had been an action: ${event.verdict}`;
    case 'alerts_silenced':
      return `alerts with ${targetKey(event.matchers)} are silenced until ${new Date(event.endsAt).toISOString()}`;
    case 'alerts_unsilenced':
      return 'alerts are no longer silenced';
    case 'revert_requested':
      return `${event.by} wants it reverted: ${event.because}`;
    case 'revert_started':
      return 'sending the revert';
    case 'reverted':
      return `${REVERTED[event.outcome]}${because(event.because)}`;
    case 'breaker_reset':
      return `${event.by} gives ${event.rule} another chance on ${targetKey(event.target)}: ${event.because}`;
    case 'pause_created':
      return `paused ${event.pause.rule ?? 'everything'} by ${event.pause.createdBy}: ${event.pause.reason}${until(event)}`;
    case 'pause_ended':
      return `pause ${event.id} ended by ${event.endedBy}`;
    case 'kill_switch_changed':
      return event.engaged ? `kill switch engaged${because(event.because)}` : 'kill switch released';
    case 'kill_switch_ordered':
      return `${event.by} ${event.engaged ? 'stops everything' : 'takes the stop back'}: ${event.because}`;
    case 'rule_written':
      return `${event.by} writes rule ${event.rule}, version ${event.ruleVersion}`;
    case 'rule_removed':
      return `${event.by} takes out rule ${event.rule}`;
    case 'rule_mode_set':
      return `${event.by} sets ${event.rule} to ${event.mode ?? 'the mode that it states'}: ${event.because}`;
    case 'token_created':
      return `${event.token.createdBy} creates token ${event.token.name} (${event.token.role})`;
    case 'token_revoked':
      return `${event.by} revokes token ${event.name}`;
    case 'alert_received':
      return `alert ${event.labels.alertname ?? event.fingerprint} is ${event.status}`;
  }
}

function describePlan({ system, name, from, to }: Plan): string {
  return `${system}/${name}: ${from === null ? '' : `${from} -> `}${to ?? 'done'}`;
}

/** As the target sees it: to switch off is to put back. */
function turned({ to, plan }: SwitchStarted): Plan {
  return to === 'on' ? plan : { ...plan, from: plan.to, to: plan.from };
}

function because(text: string | undefined): string {
  return text === undefined ? '' : `: ${text}`;
}

function until({ at, pause }: Extract<JournalEvent, { kind: 'pause_created' }>): string {
  return pause.endsAt === undefined ? '' : ` for ${formatDuration(pause.endsAt - at)}`;
}
