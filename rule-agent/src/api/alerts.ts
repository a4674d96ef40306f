import { json, Router } from 'express';
import { z } from 'zod';
import type { AlertReceived } from '../model/event.ts';
import { targetKey } from '../model/target.ts';
import { allowIngesters } from './access.ts';
import type { ApiContext } from './context.ts';
import { readInput } from './input.ts';
import { journalOrProblem } from './journal-problem.ts';

const labels = z.record(z.string(), z.string());

/** Alertmanager's webhook payload, version 4. What it has beyond this is left alone: later versions may add to it. */
const payloadSchema = z.object({
  version: z.literal('4'),
  groupKey: z.string(),
  receiver: z.string().default(''),
  alerts: z.array(
    z.object({
      status: z.enum(['firing', 'resolved']),
      labels,
      annotations: labels.default({}),
      startsAt: z.string(),
      endsAt: z.string().default(''),
      generatorURL: z.string().default(''),
      fingerprint: z.string().optional(),
    }),
  ),
});

type Payload = z.output<typeof payloadSchema>;

/** Takes what Alertmanager delivers; it is answered once the alerts are in the journal, and repetitions are not written again. */
export function alertRoutes({ recorder, tokens, clock }: ApiContext): Router {
  const router = Router();
  router.post('/alerts', allowIngesters(tokens), json({ limit: '4mb' }), async (request, response) => {
    const payload = readInput(payloadSchema, request.body);
    const added = await journalOrProblem(() => recorder.recordNew(toEvents(payload, clock.now())));
    response.json({ received: payload.alerts.length, new: added });
  });
  return router;
}

function toEvents({ groupKey, receiver, alerts }: Payload, at: number): AlertReceived[] {
  return alerts.map(({ generatorURL, fingerprint, ...alert }) => ({
    kind: 'alert_received',
    at,
    groupKey,
    receiver,
    ...alert,
    fingerprint: fingerprint ?? targetKey(alert.labels),
    generatorUrl: generatorURL,
  }));
}
