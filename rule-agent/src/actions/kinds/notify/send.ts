import type { Endpoint } from '../../../http/endpoint.ts';
import { fillText } from '../../../model/template.ts';
import { changeHeaders, type Fence } from '../../change-headers.ts';
import { readWriteAnswer } from '../../http-answers.ts';
import type { OpenSystem } from '../../kind.ts';
import { messageFor, type NotifyRequest } from './message.ts';
import type { NotifySettings } from './notify-system.ts';

export interface Messenger {
  endpoint: Endpoint;
  settings: NotifySettings;
  fence: Fence;
}

const SENT = 'a message cannot be reverted';

/** The four steps of a message. One that was sent cannot be looked for, and cannot be reverted. */
export function sendingMessages({
  endpoint,
  settings,
  fence,
}: Messenger): Omit<OpenSystem<NotifyRequest>, 'close'> {
  return {
    plan(request, occasion) {
      const { kind, system, name } = request;
      const to = fillText(request.text, occasion);
      const plan = { kind, system, name, from: null, to, version: '', request, occasion };
      return Promise.resolve({ kind: 'change', plan });
    },
    async apply(plan, key) {
      const answer = await endpoint.send({
        method: 'POST',
        path: '',
        headers: { 'content-type': 'application/json', ...changeHeaders(key, fence) },
        body: JSON.stringify(messageFor(settings, plan)),
        // PagerDuty makes one incident of all messages with the same dedup_key.
        repeatable: settings.honours_idempotency_key || settings.format === 'pagerduty',
      });
      return readWriteAnswer(plan.system, answer);
    },
    verify: () => Promise.resolve('unknowable'),
    revert: () => Promise.resolve({ kind: 'refused', because: SENT }),
    irreversible: () => SENT,
  };
}
