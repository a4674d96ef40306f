import { z } from 'zod';
import { labelsIn } from '../../../model/template.ts';
import { textTemplate } from '../../../schema/templates.ts';
import { type ActionKind, detailsOf } from '../../kind.ts';
import { openEndpoint } from '../../open-endpoint.ts';
import { type NotifyRequest, SEVERITIES } from './message.ts';
import { type NotifySettings, notifySystemSchema, PAGERDUTY_URL } from './notify-system.ts';
import { sendingMessages } from './send.ts';

const severity = z.enum(SEVERITIES);

const actionSchema = z.strictObject({ text: textTemplate, severity: severity.default('warning') });

/** Tells people. */
export const notify: ActionKind<NotifySettings, z.output<typeof actionSchema>, NotifyRequest> = {
  name: 'notify',
  isMessage: true,
  system: { key: 'notify', schema: notifySystemSchema },
  action: {
    schema: actionSchema,
    labels: ({ text }) => labelsIn(text).map((label) => ({ label, path: ['text'] })),
    toRequest: ({ system, text, severity: how }) => ({
      ...{ kind: 'notify', system, name: 'message' },
      ...{ text, severity: how },
    }),
  },
  resource: () => undefined,
  details: detailsOf(z.object({ text: z.string(), severity }), ({ text, severity: how }: NotifyRequest) => ({
    text,
    severity: how,
  })),
  open(system, { fence }) {
    const { settings } = system;
    const endpoint = openEndpoint(system, { url: settings.url?.reveal() ?? PAGERDUTY_URL });
    return { ...sendingMessages({ endpoint, settings, fence }), close: () => endpoint.close() };
  },
};
