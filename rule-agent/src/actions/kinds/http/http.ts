import { z } from 'zod';
import { plainText } from '../../../schema/templates.ts';
import { type ActionKind, detailsOf } from '../../kind.ts';
import { openEndpoint } from '../../open-endpoint.ts';
import { resourceByLabels, type SpelledOutRequest } from '../../resource.ts';
import { spellOut } from '../../spelled-out.ts';
import { type HttpSettings, httpSystemSchema } from './http-system.ts';
import { sendingRequests } from './requests.ts';

/** Sends requests that the configuration spells out; what one changes is known only where a `verify` reads it. */
export const http: ActionKind<HttpSettings, { name: string }, SpelledOutRequest> = {
  name: 'http',
  isMessage: false,
  system: {
    key: 'http',
    schema: httpSystemSchema,
    names: ({ requests }) => spellOut(requests),
  },
  action: {
    schema: z.strictObject({ name: plainText }),
    toRequest: ({ system, name }, spelledOut) => ({ kind: 'http', system, name, ...spelledOut }),
  },
  resource: resourceByLabels,
  details: detailsOf(z.object({}), () => ({})),
  open(system, { fence }) {
    const { url, requests } = system.settings;
    const endpoint = openEndpoint(system, { url });
    const sending = sendingRequests({ system: system.name, endpoint, requests, fence });
    return { ...sending, close: () => endpoint.close() };
  },
};
