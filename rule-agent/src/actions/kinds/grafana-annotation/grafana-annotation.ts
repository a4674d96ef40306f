import { z } from 'zod';
import { labelsIn } from '../../../model/template.ts';
import { plainText, textTemplate } from '../../../schema/templates.ts';
import { httpUrl } from '../../../schema/urls.ts';
import { type ActionKind, detailsOf } from '../../kind.ts';
import { openEndpoint } from '../../open-endpoint.ts';
import { annotatingGrafana, type AnnotationRequest } from './annotate.ts';

const systemSchema = z.strictObject({ url: httpUrl });

const actionSchema = z.strictObject({ text: textTemplate, tags: z.array(plainText).default([]) });

/** Marks the time from the firing to the action in Grafana. */
export const grafanaAnnotation: ActionKind<
  z.output<typeof systemSchema>,
  z.output<typeof actionSchema>,
  AnnotationRequest
> = {
  name: 'grafana-annotation',
  isMessage: true,
  system: { key: 'grafana', schema: systemSchema },
  action: {
    schema: actionSchema,
    labels: ({ text }) => labelsIn(text).map((label) => ({ label, path: ['text'] })),
    toRequest: ({ system, text, tags }) => ({
      ...{ kind: 'grafana-annotation', system, name: 'annotation' },
      ...{ text, tags },
    }),
  },
  resource: () => undefined,
  details: detailsOf(
    z.object({ text: z.string(), tags: z.array(z.string()) }),
    ({ text, tags }: AnnotationRequest) => ({ text, tags: [...tags] }),
  ),
  open(system, { now }) {
    const endpoint = openEndpoint(system, { url: system.settings.url });
    return { ...annotatingGrafana(endpoint, now), close: () => endpoint.close() };
  },
};
