import type { Secret } from '@evenkeel/toolkit';
import type { Endpoint } from '../../http/endpoint.ts';
import type { NotifyRequest, Occasion } from '../../model/action-request.ts';
import { fillText } from '../../model/template.ts';
import { readWriteAnswer } from './answers.ts';
import { type Fence, identifying, type Kind, type PlanOf } from './kind.ts';

export interface Messenger {
  endpoint: Endpoint;
  format: 'webhook' | 'slack' | 'pagerduty';
  routingKey?: Secret | undefined;
  honoursIdempotencyKey: boolean;
}

/** Tells people. A message that was sent cannot be looked for, and not be taken back. */
export function notifyKind(
  messengers: Readonly<Record<string, Messenger>>,
  fence: Fence,
): Kind<NotifyRequest> {
  return {
    plan(request, occasion) {
      const { kind, system, name } = request;
      const to = fillText(request.text, occasion);
      const plan = { kind, system, name, from: null, to, version: '', request, occasion };
      return Promise.resolve(
        messengers[system] === undefined
          ? { kind: 'impossible', because: `${system} is not in the config` }
          : { kind: 'change', plan },
      );
    },
    async apply(plan, key) {
      const messenger = messengers[plan.system];
      if (messenger === undefined) return { kind: 'refused', because: `${plan.system} is not in the config` };
      const answer = await messenger.endpoint.send({
        method: 'POST',
        path: '',
        headers: { 'content-type': 'application/json', ...identifying(key, fence) },
        body: JSON.stringify(messageFor(messenger, plan)),
        // PagerDuty makes one incident of all messages with the same dedup_key.
        repeatable: messenger.honoursIdempotencyKey || messenger.format === 'pagerduty',
      });
      return readWriteAnswer(plan.system, answer);
    },
    verify: () => Promise.resolve('unknowable'),
    revert: () => Promise.resolve({ kind: 'refused', because: 'a message cannot be taken back' }),
  };
}

function messageFor({ format, routingKey }: Messenger, { request, occasion }: PlanOf<NotifyRequest>): object {
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
