import { z } from 'zod';
import { labelsIn } from '../../../model/template.ts';
import { positiveDuration } from '../../../schema/durations.ts';
import { labelName } from '../../../schema/labels.ts';
import { textTemplate } from '../../../schema/templates.ts';
import { httpUrl } from '../../../schema/urls.ts';
import { type ActionKind, detailsOf } from '../../kind.ts';
import { openEndpoint } from '../../open-endpoint.ts';
import { resourceByTarget } from '../../resource.ts';
import { silencingAlerts, type SilenceRequest } from './silence-alerts.ts';

/** Silences stay listed for days after they ended. */
const LISTS_MAX_BYTES = 4 * 1024 * 1024;

const systemSchema = z.strictObject({ url: httpUrl });

const actionSchema = z.strictObject({
  matchers: z
    .record(labelName, textTemplate)
    .refine((given) => Object.keys(given).length > 0, 'without matchers it would silence everything'),
  for: positiveDuration,
});

/** Silences alerts for a while. */
export const alertmanagerSilence: ActionKind<
  z.output<typeof systemSchema>,
  z.output<typeof actionSchema>,
  SilenceRequest
> = {
  name: 'alertmanager-silence',
  isMessage: true,
  system: { key: 'alertmanager', schema: systemSchema },
  action: {
    schema: actionSchema,
    labels: ({ matchers }) =>
      Object.entries(matchers).flatMap(([name, value]) =>
        labelsIn(value).map((label) => ({ label, path: ['matchers', name] })),
      ),
    toRequest: ({ system, matchers, for: durationMs }) => ({
      ...{ kind: 'alertmanager-silence', system, name: 'silence' },
      ...{ matchers, durationMs },
    }),
  },
  resource: resourceByTarget,
  details: detailsOf(
    z.object({
      matchers: z.record(z.string(), z.string()),
      for_seconds: z.number().describe('How long the silence lasts.'),
    }),
    ({ matchers, durationMs }: SilenceRequest) => ({ matchers, for_seconds: durationMs / 1000 }),
  ),
  open(system, { now }) {
    const endpoint = openEndpoint(system, { url: system.settings.url, maxBytes: LISTS_MAX_BYTES });
    return { ...silencingAlerts(endpoint, now), alertmanager: endpoint, close: () => endpoint.close() };
  },
};
