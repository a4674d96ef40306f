import { formatDuration } from '@evenkeel/toolkit';
import type { JournalEvent, Plan } from '../model/event.ts';
import { targetKey } from '../model/target.ts';

/** One sentence for an event, for logs and timelines. */
export function describeEvent(event: JournalEvent): string {
  switch (event.kind) {
    case 'agent_started':
      return `agent ${event.version} started`;
    case 'agent_stopped':
      return 'agent stopped';
    case 'rules_loaded':
      return `${event.rules.length} rules loaded: ${event.rules.map(({ name, mode }) => `${name} (${mode})`).join(', ')}`;
    case 'firing_started':
      return `${event.rule} fires on ${targetKey(event.target)}`;
    case 'firing_ended':
      return `${event.rule} no longer fires on ${targetKey(event.target)}: ${event.reason}`;
    case 'suppressed':
      return `${event.rule} does not act on ${targetKey(event.target)}: ${event.guard}: ${event.because}`;
    case 'decided':
      return event.mode === 'auto'
        ? `${event.rule} acts on ${targetKey(event.target)}`
        : `${event.rule} would act on ${targetKey(event.target)}, but is in shadow mode`;
    case 'started':
      return `sending ${describePlan(event.plan)}`;
    case 'finished':
      return `${event.outcome}${event.plan === undefined ? '' : ` ${describePlan(event.plan)}`}${because(event.because)}`;
    case 'verified':
      return `verdict ${event.verdict}`;
    case 'pause_created':
      return `paused ${event.pause.rule ?? 'everything'} by ${event.pause.createdBy}: ${event.pause.reason}${until(event)}`;
    case 'pause_ended':
      return `pause ${event.id} ended by ${event.endedBy}`;
    case 'kill_switch_changed':
      return event.engaged ? `kill switch engaged${because(event.because)}` : 'kill switch released';
    case 'alert_received':
      return `alert ${event.labels.alertname ?? event.fingerprint} is ${event.status}`;
  }
}

function describePlan({ system, name, from, to }: Plan): string {
  return `${system}/${name}: ${from} -> ${to}`;
}

function because(text: string | undefined): string {
  return text === undefined ? '' : `: ${text}`;
}

function until({ at, pause }: Extract<JournalEvent, { kind: 'pause_created' }>): string {
  return pause.endsAt === undefined ? '' : ` for ${formatDuration(pause.endsAt - at)}`;
}
