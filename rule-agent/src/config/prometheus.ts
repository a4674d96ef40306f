import { type Secret, secretSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import { positiveDuration } from '../schema/durations.ts';
import { checkHeaders } from '../schema/headers.ts';
import { exactlyOne, reportIssue } from '../schema/issues.ts';
import { httpUrl } from '../schema/urls.ts';

const MOST_ENDPOINTS = 8;

const RESERVED_HEADERS = {
  authorization: 'token_file or basic_auth',
  'content-type': 'none',
  'content-length': 'none',
  connection: 'none',
  host: 'url',
  'transfer-encoding': 'none',
  'x-scope-orgid': 'tenant',
};

/** What an endpoint wants to know of who asks. */
const access = {
  token: secretSchema.optional(),
  basic_auth: z.strictObject({ username: z.string().min(1), password: secretSchema }).optional(),
  tenant: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'expected the name of a tenant, or several joined by |')
    .optional(),
  headers: z
    .record(z.string(), z.string())
    .superRefine((given, context) => checkHeaders(given, RESERVED_HEADERS, context))
    .optional(),
  ca: secretSchema.optional(),
};

const url = httpUrl.refine(
  (text) => !hasCredentials(text),
  'credentials belong into basic_auth or token_file',
);

const endpointSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'expected a name such as thanos'),
    url,
    ...access,
    timeout: positiveDuration.optional(),
  })
  .superRefine(checkAuthentication);

/** Where facts are read: one address, or several in the order in which they are preferred. */
export const prometheusSchema = z
  .strictObject({
    url: url.optional(),
    ...access,
    endpoints: z.array(endpointSchema).min(1).max(MOST_ENDPOINTS).superRefine(checkNames).optional(),
    timeout: positiveDuration.prefault('5s'),
    max_age: positiveDuration.prefault('30s'),
    look_every: positiveDuration.prefault('15s'),
    return_after: positiveDuration.prefault('30s'),
  })
  .superRefine((given, context) => exactlyOne(given, ['url', 'endpoints'], context))
  .superRefine(checkAuthentication)
  .superRefine((given, context) => {
    if (given.endpoints === undefined) return;
    for (const key of Object.keys(access) as (keyof typeof access)[]) {
      if (given[key] !== undefined) reportIssue(context, [key], `${key} belongs to each of the endpoints`);
    }
  });

export type PrometheusConfig = z.output<typeof prometheusSchema>;

/** One endpoint, whichever way it was written. */
export interface PrometheusEndpoint {
  name: string;
  url: string;
  timeoutMs: number;
  token?: Secret | undefined;
  basicAuth?: { username: string; password: Secret } | undefined;
  tenant?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  ca?: Secret | undefined;
}

/** The endpoints of a configuration, the preferred one first. */
export function endpointsOf(config: PrometheusConfig): PrometheusEndpoint[] {
  const { url: only, endpoints = [], timeout: timeoutMs } = config;
  const all =
    only === undefined ? endpoints : [{ ...config, name: 'prometheus', url: only, timeout: undefined }];
  return all.map(({ name, url: at, timeout, token, basic_auth: basicAuth, tenant, headers, ca }) => ({
    ...{ name, url: at, timeoutMs: timeout ?? timeoutMs, token, basicAuth, tenant, headers, ca },
  }));
}

function checkAuthentication(
  given: { token?: unknown; basic_auth?: unknown },
  context: z.RefinementCtx,
): void {
  if (given.token === undefined || given.basic_auth === undefined) return;
  reportIssue(context, ['basic_auth'], 'token and basic_auth cannot stand together: keep one of them');
}

function checkNames(endpoints: readonly { name: string }[], context: z.RefinementCtx): void {
  endpoints.forEach(({ name }, index) => {
    if (endpoints.findIndex((other) => other.name === name) < index) {
      reportIssue(context, [index, 'name'], `there are two endpoints named ${name}`);
    }
  });
}

function hasCredentials(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username !== '' || password !== '';
}
