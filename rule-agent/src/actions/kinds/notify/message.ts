import type { ActionRequest, Occasion } from '../../../model/action-request.ts';
import { fillText } from '../../../model/template.ts';
import type { PlanOf } from '../../kind.ts';
import type { NotifySettings } from './notify-system.ts';

export const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;

export interface NotifyRequest extends ActionRequest {
  /** A template. */
  text: string;
  severity: (typeof SEVERITIES)[number];
}

/** The body that the receiver expects. */
export function messageFor(
  { format, routing_key: routingKey }: NotifySettings,
  { request, occasion }: PlanOf<NotifyRequest>,
): object {
  const { severity } = request;
  const text = fillText(request.text, occasion);
  switch (format) {
    case 'webhook':
      return { version: '1', severity, text, ...detailsOf(occasion) };
    case 'slack':
      return { text: `[${severity}] ${escapeSlack(text)}` };
    case 'pagerduty':
      return {
        routing_key: routingKey?.reveal(),
        event_action: 'trigger',
        dedup_key: occasion.episode,
        payload: {
          summary: text.slice(0, LONGEST_SUMMARY),
          source: 'evenkeel-agent',
          severity,
          custom_details: detailsOf(occasion),
        },
      };
  }
}

/** PagerDuty refuses a longer one. */
const LONGEST_SUMMARY = 1024;

function detailsOf({ episode, rule, target, firingStart }: Occasion) {
  return { episode, rule, target, firing_since: new Date(firingStart).toISOString() };
}

/** The three characters with which Slack's links and mentions begin; source: "Formatting text for app surfaces". */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
