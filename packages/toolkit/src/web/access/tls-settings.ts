import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createSecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls';
import type { TlsConfig } from './schema.ts';
import { CIPHERS, CURVES, TLS13_CIPHERS, TLS_VERSIONS } from './tls-names.ts';

/** What a server needs to know for a connection. */
export interface TlsSettings {
  context: SecureContextOptions;
  requestCert: boolean;
  /** Whether a client without a certificate that can be verified is turned away during the handshake. */
  rejectUnauthorized: boolean;
  /** Whether a client may stay after the handshake. */
  admits: (socket: TLSSocket) => boolean;
}

/** The files that a TLS section names, by their key, seen from the file that names them. */
export function tlsFiles(tls: TlsConfig, webConfigFile: string): Map<string, string> {
  const keys = ['cert_file', 'key_file', 'client_ca_file'] as const;
  return new Map(
    keys.flatMap((key) =>
      tls[key] === undefined ? [] : [[key, resolve(dirname(webConfigFile), tls[key])] as const],
    ),
  );
}

/**
 * Reads the files and tries the whole out.
 *
 * @throws Error when a file cannot be read, or when certificate, key and the rest do not go together
 */
export function readTlsSettings(tls: TlsConfig, files: ReadonlyMap<string, string>): TlsSettings {
  const pem = (key: 'cert' | 'key' | 'client_ca') => {
    const file = files.get(`${key}_file`);
    return file === undefined ? tls[key] : readFileSync(file, 'utf8');
  };
  const authority = pem('client_ca');
  const context: SecureContextOptions = {
    cert: pem('cert'),
    key: pem('key'),
    ...(authority !== undefined && { ca: authority }),
    minVersion: TLS_VERSIONS[tls.min_version],
    maxVersion: TLS_VERSIONS[tls.max_version],
    honorCipherOrder: tls.prefer_server_cipher_suites,
    ...(tls.cipher_suites.length > 0 && { ciphers: cipherList(tls.cipher_suites) }),
    ...(tls.curve_preferences.length > 0 && {
      ecdhCurve: tls.curve_preferences.map((curve) => CURVES[curve]).join(':'),
    }),
  };
  createSecureContext(context);
  return { context, ...clientAuth(tls.client_auth_type ?? 'NoClientCert') };
}

/** Without its suites in the list Node would switch TLS 1.3 off, whereas in Go the list is about earlier versions only. */
function cipherList(suites: TlsConfig['cipher_suites']): string {
  return [...new Set<string>([...TLS13_CIPHERS, ...suites.map((suite) => CIPHERS[suite])])].join(':');
}

function clientAuth(type: NonNullable<TlsConfig['client_auth_type']>): Omit<TlsSettings, 'context'> {
  const asked = { requestCert: true, rejectUnauthorized: false };
  switch (type) {
    case 'NoClientCert':
      return { requestCert: false, rejectUnauthorized: false, admits: () => true };
    case 'RequestClientCert':
      return { ...asked, admits: () => true };
    case 'RequireAnyClientCert':
    case 'RequireClientCert':
      return { ...asked, admits: hasCertificate };
    case 'VerifyClientCertIfGiven':
      return { ...asked, admits: (socket) => !hasCertificate(socket) || socket.authorized };
    case 'RequireAndVerifyClientCert':
      return { requestCert: true, rejectUnauthorized: true, admits: (socket) => socket.authorized };
  }
}

function hasCertificate(socket: TLSSocket): boolean {
  return socket.getPeerX509Certificate() !== undefined;
}
