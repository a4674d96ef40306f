import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { durationSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import { toRegExp } from '../model/pattern.ts';
import { patternSchema } from './pattern.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'DELETE'] as const;

const statusSchema = z.int().min(100).max(599);

/** How to ask and what to expect: a module of `/probe`, and part of each configured probe. */
const askShape = {
  method: z.enum(METHODS).default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  timeout: durationSchema.default(5_000),
  follow_redirects: z.boolean().default(false),
  expect_status: z.union([statusSchema, z.array(statusSchema).min(1)]).optional(),
  expect_body: patternSchema.optional(),
  refuse_body: patternSchema.optional(),
  tls: z
    .strictObject({
      ca_file: z.string().optional(),
      cert_file: z.string().optional(),
      key_file: z.string().optional(),
      server_name: z.string().optional(),
      verify: z.boolean().default(true),
    })
    .prefault({}),
};

const moduleSchema = z.strictObject(askShape);
type Ask = z.output<typeof moduleSchema>;

export const probeTargetSchema = z.strictObject({
  name: z.string().min(1),
  url: z.url({ protocol: /^https?$/, error: 'expected an http or https URL' }),
  ...askShape,
});

export const probeEndpointSchema = z
  .strictObject({
    allow: z
      .strictObject({
        hosts: z.array(z.string().min(1).toLowerCase()).default([]),
        cidrs: z.array(z.string().refine(isCidr, 'expected a network such as 10.0.0.0/8')).default([]),
        ports: z.array(z.int().min(1).max(65_535)).default([80, 443]),
      })
      .prefault({}),
    modules: z.record(z.string().min(1), moduleSchema).prefault({ http_2xx: {} }),
  })
  .prefault({});

/** The settings of one probe as the prober takes them; the files of `tls` are read here, so that a reload reads them anew. */
export function probeSettings(ask: Ask) {
  const { method, headers, body, follow_redirects: followsRedirects, expect_status: status } = ask;
  return {
    request: {
      method,
      headers,
      followsRedirects,
      tls: tlsSettings(ask.tls),
      ...(body !== undefined && { body }),
    },
    timeoutMs: ask.timeout,
    expect: {
      ...(status !== undefined && { statuses: [status].flat() }),
      ...(ask.expect_body !== undefined && { bodyMatches: toRegExp(ask.expect_body) }),
      ...(ask.refuse_body !== undefined && { bodyLacks: toRegExp(ask.refuse_body) }),
    },
  };
}

function tlsSettings(tls: Ask['tls']) {
  return {
    verify: tls.verify,
    ...(tls.ca_file !== undefined && { ca: readFileSync(tls.ca_file, 'utf8') }),
    ...(tls.cert_file !== undefined && { cert: readFileSync(tls.cert_file, 'utf8') }),
    ...(tls.key_file !== undefined && { key: readFileSync(tls.key_file, 'utf8') }),
    ...(tls.server_name !== undefined && { serverName: tls.server_name }),
  };
}

function isCidr(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
