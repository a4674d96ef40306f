import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hashSync } from 'bcryptjs';
import { createLogger } from '../../logger.ts';
import { Secret } from '../../secret.ts';
import { createWebServer, type WebServer } from '../server.ts';
import { TokenBook } from '../tokens.ts';
import { openWebAccess } from './web-access.ts';

const TESTDATA = join(import.meta.dirname, '../../../testdata/tls');
const pem = (name: string) => readFileSync(join(TESTDATA, name), 'utf8');
const CA = pem('ca.crt');
const CLIENT = { cert: pem('client.crt'), key: pem('client.key') };
const STRANGER = { cert: pem('stranger.crt'), key: pem('stranger.key') };
const HASH = hashSync('open sesame', 4);
const TLS = 'tls_server_config: { cert_file: server.crt, key_file: server.key }\n';

interface TestResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  protocol: string | null | undefined;
  cipher: string | undefined;
  subject: string | undefined;
}

describe('a web server with a web config file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-web-'));
  const file = join(directory, 'web.yml');
  let web: WebServer | undefined;
  let lines: string[] = [];
  let port = 0;

  beforeEach(() => {
    lines = [];
    for (const name of ['ca.crt', 'server.crt', 'server.key'])
      copyFileSync(join(TESTDATA, name), join(directory, name));
  });

  afterEach(async () => {
    await web?.close();
    web = undefined;
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  async function start(config: string): Promise<void> {
    writeFileSync(file, config);
    const logger = createLogger({ name: 'test', destination: { write: (line) => void lines.push(line) } });
    web = createWebServer({
      name: 'test',
      version: '1',
      description: 'A test.',
      logger,
      access: openWebAccess({ file, logger, env: {} }),
      metrics: (_request, response) => void response.type('text').send('up 1\n'),
      reload: {
        run: async () => undefined,
        tokens: new TokenBook([{ name: 'ops', role: 'admin', token: new Secret('tiger') }]),
      },
    });
    const [address] = await web.listen([{ host: '127.0.0.1', port: 0 }]);
    port = address!.port;
  }

  function ask(options: RequestOptions & { plain?: boolean } = {}): Promise<TestResponse> {
    const { plain = false, ...others } = options;
    const { promise, resolve, reject } = Promise.withResolvers<TestResponse>();
    const request = plain ? plainRequest : tlsRequest;
    const asked = request(
      { host: '127.0.0.1', port, path: '/metrics', ca: CA, agent: false, ...others },
      (response) => {
        let text = '';
        const tls = response.socket instanceof TLSSocket ? response.socket : undefined;
        const shown = {
          protocol: tls?.getProtocol(),
          cipher: tls?.getCipher().name,
          subject: tls?.getPeerX509Certificate()?.subject,
        };
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            text,
            ...shown,
          }),
        );
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end();
    return promise;
  }

  const as = (user: string, password: string) => ({ auth: `${user}:${password}`, plain: true });

  describe('asks for a password', () => {
    const users = `basic_auth_users:\n  prometheus: ${HASH}\n`;

    it('and lets in who knows it, at every path', async () => {
      await start(users);
      expect(await ask({ plain: true })).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="evenkeel", charset="UTF-8"' },
      });
      expect((await ask({ plain: true, path: '/-/healthy' })).status).toBe(401);
      expect(await ask(as('prometheus', 'open sesame'))).toMatchObject({ status: 200, text: 'up 1\n' });
      expect((await ask(as('prometheus', 'open barley'))).status).toBe(401);
      expect((await ask(as('nobody', 'open sesame'))).status).toBe(401);
      expect((await ask({ plain: true, headers: { authorization: 'Basic !!' } })).status).toBe(401);
      expect(lines.join('')).not.toMatch(/sesame|barley/);
    });

    it('or for a token that it knows, as both do not fit into one request', async () => {
      await start(users);
      const bearer = (token: string) => ({ plain: true, headers: { authorization: `Bearer ${token}` } });
      expect((await ask(bearer('lion'))).status).toBe(401);
      expect((await ask({ ...bearer('tiger'), method: 'POST', path: '/-/reload' })).status).toBe(200);
      expect(
        (await ask({ ...as('prometheus', 'open sesame'), method: 'POST', path: '/-/reload' })).status,
      ).toBe(401);
    });

    it('that was changed in the file, and no longer for the old one', async () => {
      await start(users);
      expect((await ask(as('prometheus', 'open sesame'))).status).toBe(200);
      writeFileSync(file, `basic_auth_users:\n  prometheus: ${hashSync('new', 4)}\n`);
      expect((await ask(as('prometheus', 'open sesame'))).status).toBe(401);
      expect((await ask(as('prometheus', 'new'))).status).toBe(200);
    });

    it('as before when the new file is wrong, and says so once without showing what was written', async () => {
      await start(users);
      writeFileSync(file, 'basic_auth_users:\n  prometheus: hunter2\n');
      for (let turn = 0; turn < 3; turn++)
        expect((await ask(as('prometheus', 'open sesame'))).status).toBe(200);
      expect((await ask({ plain: true })).status).toBe(401);
      const errors = lines.filter((line) => line.includes('level=error'));
      expect(errors).toHaveLength(1);
      expect(errors[0]).toContain('web.yml:2:15');
      expect(errors[0]).toContain('expected a bcrypt hash');
      expect(errors[0]).not.toContain('hunter2');
    });
  });

  it('sets the headers of the file over its own, and takes away those left blank', async () => {
    await start(
      `http_server_config:\n  headers:\n    X-Frame-Options: deny\n    Content-Security-Policy: ''\n    Strict-Transport-Security: max-age=60\n`,
    );
    for (const path of ['/metrics', '/']) {
      const { headers } = await ask({ plain: true, path });
      expect(headers['x-frame-options']).toBe('deny');
      expect(headers['strict-transport-security']).toBe('max-age=60');
      expect(headers).not.toHaveProperty('content-security-policy');
    }
  });

  describe('speaks TLS', () => {
    it('of the versions that the file allows, and nothing else', async () => {
      await start(
        `tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n  max_version: TLS12\n  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]\n  curve_preferences: [CurveP384]\n`,
      );
      const { text, protocol, cipher } = await ask();
      expect(text).toBe('up 1\n');
      expect([protocol, cipher]).toEqual(['TLSv1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384']);
      await expect(ask({ minVersion: 'TLSv1.3' })).rejects.toThrow();
      await expect(ask({ plain: true })).rejects.toThrow();
    });

    it('with TLS 1.3 still there when suites of 1.2 are chosen', async () => {
      await start(
        `tls_server_config: { cert_file: server.crt, key_file: server.key, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256] }`,
      );
      expect((await ask()).protocol).toBe('TLSv1.3');
      const old = await ask({ maxVersion: 'TLSv1.2' });
      expect(old.cipher).toBe('ECDHE-ECDSA-AES128-GCM-SHA256');
    });

    it('with a certificate that was replaced, on new connections; half of a pair is not taken', async () => {
      await start(TLS);
      expect((await ask()).subject).toBe('CN=server');
      copyFileSync(join(TESTDATA, 'server-2.crt'), join(directory, 'server.crt'));
      expect((await ask()).subject).toBe('CN=server');
      expect(lines.filter((line) => line.includes('level=error'))).toHaveLength(1);
      copyFileSync(join(TESTDATA, 'server-2.key'), join(directory, 'server.key'));
      expect((await ask()).subject).toBe('CN=server-2');
    });

    it('and asks for passwords as well', async () => {
      await start(`${TLS}basic_auth_users: { prometheus: '${HASH}' }\n`);
      expect((await ask()).status).toBe(401);
      expect((await ask({ auth: 'prometheus:open sesame' })).status).toBe(200);
    });

    it('until it ends: TLS is not switched off while it runs', async () => {
      await start(TLS);
      writeFileSync(file, 'basic_auth_users: {}\n');
      expect((await ask()).status).toBe(200);
      expect(lines.join('')).toContain('TLS cannot be switched on or off without a restart');
    });
  });

  describe('asks for certificates of clients', () => {
    const withClients = (type: string, authority = ', client_ca_file: ca.crt') =>
      `tls_server_config: { cert_file: server.crt, key_file: server.key, client_auth_type: ${type}${authority} }\n`;
    const comes = (options: RequestOptions) =>
      ask(options).then(
        ({ status }) => status === 200,
        () => false,
      );

    it.each([
      ['NoClientCert', '', { nobody: true, client: true, stranger: true }],
      ['RequestClientCert', undefined, { nobody: true, client: true, stranger: true }],
      ['RequireAnyClientCert', undefined, { nobody: false, client: true, stranger: true }],
      ['VerifyClientCertIfGiven', undefined, { nobody: true, client: true, stranger: false }],
      ['RequireAndVerifyClientCert', undefined, { nobody: false, client: true, stranger: false }],
    ])('with %s', async (type, authority, expected) => {
      await start(withClients(type, authority));
      const seen = {
        nobody: await comes({}),
        client: await comes(CLIENT),
        stranger: await comes(STRANGER),
      };
      expect(seen).toEqual(expected);
    });

    it('from the next connection on when the file says so', async () => {
      await start(TLS);
      expect(await comes({})).toBe(true);
      writeFileSync(file, withClients('RequireAndVerifyClientCert'));
      expect([await comes({}), await comes(STRANGER), await comes(CLIENT)]).toEqual([false, false, true]);
      writeFileSync(file, TLS);
      expect(await comes({})).toBe(true);
    });
  });

  describe('refuses at its start', () => {
    it.each([
      [
        'client_allowed_sans',
        `tls_server_config: { cert_file: server.crt, key_file: server.key, client_allowed_sans: [a] }`,
        /web\.yml:1:\d+: error: this key of exporter-toolkit is not supported/,
      ],
      [
        'rate_limit',
        'rate_limit: { burst: 1, interval: 1s }',
        /this key of exporter-toolkit is not supported/,
      ],
      ['a key that nobody knows', 'tls_servr_config: {}', /did you mean tls_server_config\?/],
      [
        'a certificate without its key',
        'tls_server_config: { cert_file: server.crt }',
        /key_file is required/,
      ],
      [
        'a file that is not there',
        'tls_server_config: { cert_file: none.crt, key_file: server.key }',
        /web\.yml:1:\d+: error: ENOENT/,
      ],
      [
        'an authority without a policy',
        'tls_server_config: { cert_file: server.crt, key_file: server.key, client_ca_file: ca.crt }',
        /no effect without client_auth_type/,
      ],
      [
        'a suite that Go does not know',
        'tls_server_config: { cert_file: server.crt, key_file: server.key, cipher_suites: [RC4] }',
        /expected one of/,
      ],
      [
        'a password instead of its hash',
        'basic_auth_users: { prometheus: hunter2 }',
        /expected a bcrypt hash/,
      ],
    ])('%s', async (_what, config, message) => {
      const error = await start(config).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringMatching(message) });
      expect((error as Error).message).not.toContain('hunter2');
    });

    it('a broken file, without showing its last words', async () => {
      const error = await start('basic_auth_users:\n  a: hunter2\n b: hunter2\n').catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
      expect((error as Error).message).not.toContain('hunter2');
    });
  });
});
