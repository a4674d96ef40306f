import { messageOf } from '@evenkeel/toolkit';
import { z } from 'zod';
import { isRouteTemplate, matchRoutes } from '../model/route-matcher.ts';
import type { AccessLogSettings } from '../sources/access-log/access-log.ts';
import { jsonParser } from '../sources/access-log/json-parser.ts';
import { type ParseLine, patternParser } from '../sources/access-log/line-parser.ts';
import {
  APACHE_PATTERN,
  NGINX_PATTERN,
  parseApachePattern,
  parseNginxPattern,
  type Pattern,
} from '../sources/access-log/pattern.ts';

const SECONDS_PER_UNIT = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 } as const;

const fieldSchema = z.string().min(1);

/** The names that an nginx user would give, who writes JSON with `escape=json`. */
const jsonSchema = z.strictObject({
  method: fieldSchema.default('request_method'),
  path: fieldSchema.default('request_uri'),
  status: fieldSchema.default('status'),
  duration: fieldSchema.default('request_time'),
  duration_unit: z.enum(['s', 'ms', 'us', 'ns']).default('s'),
});

const formatSchema = z.union([
  z.enum(['nginx', 'apache', 'json']),
  z.strictObject({ nginx: z.string().superRefine(refuseUnusable(parseNginxPattern)) }),
  z.strictObject({ apache: z.string().superRefine(refuseUnusable(parseApachePattern)) }),
  z.strictObject({ json: jsonSchema }),
]);
type Format = z.output<typeof formatSchema>;

export const accessLogSchema = z.strictObject({
  name: z.string().min(1),
  path: z.string().min(1),
  format: formatSchema.default('nginx'),
  /** Templates such as /products/:sku. */
  routes: z
    .array(z.string().refine(isRouteTemplate, 'expected a template such as /products/:sku or /static/*'))
    .default([]),
});

export type AccessLogConfig = z.output<typeof accessLogSchema>;

/** The settings of the access logs as they are followed. */
export function accessLogSettings(logs: readonly AccessLogConfig[]): AccessLogSettings[] {
  return logs.map(({ name, path, format, routes }) => ({
    name,
    path,
    parse: parserOf(format),
    routeOf: matchRoutes(routes),
  }));
}

function parserOf(format: Format): ParseLine {
  if (format === 'nginx') return patternParser(parseNginxPattern(NGINX_PATTERN));
  if (format === 'apache') return patternParser(parseApachePattern(APACHE_PATTERN));
  if (format === 'json') return parserOf({ json: jsonSchema.parse({}) });
  if ('nginx' in format) return patternParser(parseNginxPattern(format.nginx));
  if ('apache' in format) return patternParser(parseApachePattern(format.apache));
  const { duration_unit: unit, ...fields } = format.json;
  return jsonParser({ ...fields, secondsPerUnit: SECONDS_PER_UNIT[unit] });
}

function refuseUnusable(parse: (text: string) => Pattern) {
  return (text: string, context: z.RefinementCtx): void => {
    try {
      parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) });
    }
  };
}
