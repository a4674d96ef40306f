import { z } from 'zod';
import { CIPHERS, CURVES, TLS_VERSIONS } from './tls-names.ts';

/** How a client must show who it is, named as in Go's crypto/tls. */
export const CLIENT_AUTH_TYPES = [
  'NoClientCert',
  'RequestClientCert',
  'RequireAnyClientCert',
  'RequireClientCert',
  'VerifyClientCertIfGiven',
  'RequireAndVerifyClientCert',
] as const;

const version = z.enum(Object.keys(TLS_VERSIONS) as (keyof typeof TLS_VERSIONS)[]);
const cipher = z.enum(Object.keys(CIPHERS) as (keyof typeof CIPHERS)[]);
const curve = z.enum(Object.keys(CURVES) as (keyof typeof CURVES)[]);
const text = z.string().min(1).optional();

const tlsSchema = z
  .strictObject({
    cert: text,
    key: text,
    client_ca: text,
    cert_file: text,
    key_file: text,
    client_ca_file: text,
    client_auth_type: z.enum(CLIENT_AUTH_TYPES).optional(),
    client_allowed_sans: unsupported('limit who may come by the authority in client_ca_file'),
    min_version: version.default('TLS12'),
    max_version: version.default('TLS13'),
    cipher_suites: z.array(cipher).default([]),
    prefer_server_cipher_suites: z.boolean().default(true),
    curve_preferences: z.array(curve).default([]),
  })
  .superRefine(refuseContradictions);

const headersSchema = z.strictObject({
  'Content-Security-Policy': z.string().optional(),
  'X-Frame-Options': z.enum(['deny', 'sameorigin', '']).optional(),
  'X-Content-Type-Options': z.enum(['nosniff', '']).optional(),
  'X-XSS-Protection': z.string().optional(),
  'Strict-Transport-Security': z.string().optional(),
});

const bcryptHash = z
  .string()
  .regex(
    /^\$2[aby]\$(?:0[4-9]|1\d|2\d|3[01])\$[./A-Za-z0-9]{53}$/,
    'expected a bcrypt hash of the password, as `htpasswd -nBC 10 ""` prints it',
  );

/**
 * The file of `--web.config.file`, in the format of Prometheus' exporter-toolkit.
 * Source: https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md
 */
export const webConfigSchema = z.strictObject({
  tls_server_config: absentWhenNull(tlsSchema),
  http_server_config: absentWhenNull(
    z.strictObject({ http2: z.boolean().optional(), headers: absentWhenNull(headersSchema) }),
  ),
  basic_auth_users: absentWhenNull(z.record(z.string().min(1), bcryptHash)),
  rate_limit: unsupported('limit requests in a proxy in front'),
});

export type WebConfig = z.output<typeof webConfigSchema>;
export type TlsConfig = z.output<typeof tlsSchema>;

/** Whether TLS is wanted: exporter-toolkit takes the section as absent when none of these keys is set. */
export function isTlsWanted(tls: TlsConfig | undefined): tls is TlsConfig {
  if (tls === undefined) return false;
  const { cert, cert_file, key, key_file, client_ca, client_ca_file, client_auth_type } = tls;
  return [cert, cert_file, key, key_file, client_ca, client_ca_file, client_auth_type].some(
    (value) => value !== undefined,
  );
}

function refuseContradictions(tls: TlsConfig, context: z.RefinementCtx): void {
  const problem = (key: string, message: string) =>
    context.addIssue({ code: 'custom', path: [key], message });
  for (const key of ['cert', 'key', 'client_ca'] as const) {
    const file = `${key}_file` as const;
    if (tls[key] !== undefined && tls[file] !== undefined)
      problem(file, `${key} and ${file} are both given: keep one of the two`);
  }
  if (isTlsWanted(tls)) {
    if ((tls.cert ?? tls.cert_file) === undefined) problem('cert_file', 'cert_file is required');
    if ((tls.key ?? tls.key_file) === undefined) problem('key_file', 'key_file is required');
  }
  const hasAuthority = (tls.client_ca ?? tls.client_ca_file) !== undefined;
  if (hasAuthority && (tls.client_auth_type ?? 'NoClientCert') === 'NoClientCert')
    problem('client_ca_file', 'it has no effect without client_auth_type: RequireAndVerifyClientCert');
  if (TLS_VERSIONS[tls.min_version] > TLS_VERSIONS[tls.max_version])
    problem('min_version', 'min_version is later than max_version');
}

/** A key of exporter-toolkit that we do not have: refused rather than passed over, as its user counts on it. */
function unsupported(instead: string) {
  return z.undefined({ error: `this key of exporter-toolkit is not supported: ${instead}` }).optional();
}

/** In YAML a key with nothing after it is null. */
function absentWhenNull<Schema extends z.ZodType>(schema: Schema) {
  return schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();
}
