import { z } from 'zod';
import { checkHeaders } from '../../../schema/headers.ts';
import { reportIssue } from '../../../schema/issues.ts';
import {
  checkFrom,
  jsonTemplate,
  pathTemplate,
  plainText,
  scalar,
  template,
} from '../../../schema/templates.ts';
import { httpUrl } from '../../../schema/urls.ts';

/** What the agent itself sends, or what would change where a request goes. */
const RESERVED_HEADERS = Object.fromEntries(
  [
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'fencing-token',
    'host',
    'idempotency-key',
    'if-match',
    'transfer-encoding',
    'upgrade',
  ].map((name) => [name, 'token_file for credentials']),
);

const headers = z
  .record(z.string(), template)
  .superRefine((given, context) => checkHeaders(given, RESERVED_HEADERS, context));
const query = z.record(plainText, template);

const change = {
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
  path: pathTemplate,
  query: query.default({}),
  headers: headers.default({}),
  body: jsonTemplate.optional(),
  status: z.array(z.int().min(200).max(299)).min(1).optional(),
};

const verifySchema = z.strictObject({
  path: pathTemplate,
  query: query.default({}),
  pointer: z
    .string()
    .regex(/^(\/([^~/]|~[01])*)*$/, 'expected a JSON pointer such as /cache/state')
    .refine((text) => !text.includes('${'), 'placeholders cannot stand here'),
  equals: scalar,
});

const requestSchema = z
  .strictObject({
    ...change,
    honours_idempotency_key: z.boolean().default(false),
    verify: verifySchema.optional(),
    revert: z.strictObject(change).optional(),
  })
  .superRefine(checkFrom)
  .superRefine(({ revert, honours_idempotency_key: honours }, context) => {
    if (revert !== undefined && !honours && !isIdempotent(revert.method)) {
      reportIssue(
        context,
        ['revert', 'method'],
        'a revert is repeated until its answer is clear: use PUT or DELETE, or a target that honours_idempotency_key',
      );
    }
  });

/** A system with requests that rules may name. */
export const httpSystemSchema = z.strictObject({
  url: httpUrl,
  requests: z.record(plainText, requestSchema),
});

export type HttpSettings = z.output<typeof httpSystemSchema>;
export type ConfiguredRequest = z.output<typeof requestSchema>;
export type ConfiguredChange = Omit<ConfiguredRequest, 'verify' | 'revert' | 'honours_idempotency_key'>;
export type ConfiguredVerify = z.output<typeof verifySchema>;

/** Whether the same request twice does what it does once (RFC 9110, 9.2.2). */
export function isIdempotent(method: ConfiguredChange['method']): boolean {
  return method === 'PUT' || method === 'DELETE';
}
