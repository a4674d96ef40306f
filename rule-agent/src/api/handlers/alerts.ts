import type { AlertReceived } from '../../model/event.ts';
import type { ApiContext } from '../context.ts';
import type { Delivery } from '../delivery/receive-delivery.ts';
import type { Call, Handlers } from '../handler.ts';
import { invalidInput, journalOrProblem } from '../problems.ts';

const MOST_MISTAKES = 10;

/** Takes what Alertmanager delivers; it is answered once the alerts are in the journal, and repetitions are not written again. */
export function alertHandlers(context: ApiContext): Pick<Handlers, 'receiveAlerts'> {
  const { recorder, leadership, clock, onDelivery } = context;
  return {
    async receiveAlerts({ body, response }) {
      const { alerts, refused } = response.locals.delivery as Delivery;
      // One that cannot be read costs itself; all of them are a mistake of whoever sent them.
      if (alerts.length === 0 && refused.length > 0) throw invalidInput(refused.slice(0, MOST_MISTAKES));
      const events = toEvents(body, alerts, clock.now());
      const added = await journalOrProblem(leadership, () => recorder.recordNew(events));
      onDelivery({ truncated: body.truncatedAlerts ?? 0, refused: refused.length });
      return {
        body: { received: events.length, new: added, ...(refused.length > 0 && { refused: refused.length }) },
      };
    },
  };
}

function toEvents(
  { groupKey, receiver = '', truncatedAlerts = 0 }: Call<'receiveAlerts'>['body'],
  alerts: Delivery['alerts'],
  at: number,
): AlertReceived[] {
  const of = { at, groupKey, receiver, ...(truncatedAlerts > 0 && { truncatedAlerts }) };
  return alerts.map((alert) => ({ kind: 'alert_received', ...of, ...alert }));
}
