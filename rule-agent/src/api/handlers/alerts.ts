import type { AlertReceived } from '../../model/event.ts';
import { targetKey } from '../../model/target.ts';
import type { ApiContext } from '../context.ts';
import type { Call, Handlers } from '../handler.ts';
import { journalOrProblem } from '../problems.ts';

/** Takes what Alertmanager delivers; it is answered once the alerts are in the journal, and repetitions are not written again. */
export function alertHandlers({ recorder, leadership, clock }: ApiContext): Pick<Handlers, 'receiveAlerts'> {
  return {
    async receiveAlerts({ body }) {
      const events = toEvents(body, clock.now());
      const added = await journalOrProblem(leadership, () => recorder.recordNew(events));
      return { body: { received: events.length, new: added } };
    },
  };
}

function toEvents({ groupKey, receiver = '', alerts }: Call<'receiveAlerts'>['body'], at: number) {
  return alerts.map(
    ({
      status,
      labels,
      annotations = {},
      startsAt,
      endsAt = '',
      generatorURL = '',
      fingerprint,
    }): AlertReceived => ({
      kind: 'alert_received',
      ...{ at, groupKey, receiver, status, labels, annotations, startsAt, endsAt },
      fingerprint: fingerprint ?? targetKey(labels),
      generatorUrl: generatorURL,
    }),
  );
}
