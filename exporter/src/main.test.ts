import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hashSync } from 'bcryptjs';
import { Agent, request } from 'undici';

const MAIN = join(import.meta.dirname, 'main.ts');

const FIVE_MISTAKES = `web:
  listen: 127.0.0.1:9850
scrape:
  timeout: soon
databases:
  warehouse:
    url: mssql://127.0.0.1/warehouse
    profile: demoo
probees:
  - name: shop
`;

describe('evenkeel-exporter', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'evenkeel-exporter-'));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  function start(args: readonly string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env.PATH, ...env } });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    return { child, output, ended: once(child, 'close') };
  }

  async function run(...args: string[]) {
    const { output, ended } = start(args);
    const [code] = (await ended) as [number];
    return { code, ...output };
  }

  it('shows five mistakes of a config together, each with its place and a hint', async () => {
    const file = join(directory, 'exporter.yml');
    writeFileSync(file, FIVE_MISTAKES);
    const { code, stderr, stdout } = await run('--config.file', file);
    expect([code, stdout]).toEqual([2, '']);
    const places = [...stderr.matchAll(/exporter\.yml:(\d+:\d+): error/g)].map((match) => match[1]);
    expect(places).toEqual(['2:11', '4:12', '7:10', '8:14', '9:1']);
    expect(stderr.match(/\^/g)?.length).toBeGreaterThanOrEqual(5);
    expect(stderr).toContain('did you mean probes?');
    expect(stderr).toContain('expected a duration such as 30s, 5m or 1h30m');
    expect(stderr).toContain('expected a URL such as postgres://user@host:5432/database');
    expect(stderr).toContain('5 problems');
  });

  it('checks a config and says that it is right', async () => {
    const file = join(directory, 'exporter.yml');
    writeFileSync(file, 'probes: [{ name: shop, url: "http://127.0.0.1/" }]\n');
    for (const args of [['check'], ['--config.check']]) {
      const { code, stdout } = await run(...args, '--config.file', file);
      expect([code, stdout]).toEqual([0, `${file} is right: 0 databases, 1 probe\n`]);
    }
  });

  it('says of a profile which figures it does not give, and why', async () => {
    const file = join(directory, 'exporter.yml');
    writeFileSync(file, 'databases: { shop: { url: "mysql://127.0.0.1/shop", profile: vendure } }\n');
    const { code, stdout } = await run('check', '--config.file', file);
    expect(code).toBe(0);
    expect(stdout.split('\n')[1]).toBe('database shop, profile vendure: not given');
    expect(stdout).toContain('\n  inventory_value: Vendure keeps no cost price.\n');
    const asked = await run('query', 'inventory_value', '--config.file', file);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain(
      'database shop does not give inventory_value: Vendure keeps no cost price.',
    );
  });

  it.each([
    [['--config.fil=x'], 'did you mean --config.file?'],
    [['--config.file=/none.yml'], 'cannot read /none.yml'],
    [['--web.listen-address=9850'], 'write host:port'],
    [['--log.level=loud'], 'expected one of debug, info, warn, error'],
  ])('refuses %p with exit code 2', async (args, message) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('prints the JSON Schema of its config', async () => {
    const { code, stdout } = await run('schema');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ properties: { probes: { type: 'array' } } });
  });

  it('tells of every collector in its help', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--[no-]collector.inventory');
    expect(stdout).toContain('EVENKEEL_EXPORTER_CONFIG_FILE');
  });

  it('serves until it is told to stop, and ends with 0', async () => {
    const { child, output, ended } = start(['--web.listen-address=127.0.0.1:0', '--no-collector.hostfacts']);
    while (!output.stderr.includes('/metrics')) await once(child.stderr, 'data');
    const url = /http:\S+\/metrics/.exec(output.stderr)![0];
    expect(await (await fetch(url)).text()).toContain('system_uptime_seconds');
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });

  it('listens on all addresses it is given, with TLS and passwords where the web config says so', async () => {
    const tls = join(import.meta.dirname, '../../packages/toolkit/testdata/tls');
    const file = join(directory, 'web.yml');
    writeFileSync(
      file,
      `tls_server_config: { cert_file: ${tls}/server.crt, key_file: ${tls}/server.key }\nbasic_auth_users: { prometheus: '${hashSync('open sesame', 4)}' }\n`,
    );
    const addresses = ['127.0.0.1:0', '127.0.0.2:0'].map((address) => `--web.listen-address=${address}`);
    const { child, output, ended } = start([
      ...addresses,
      `--web.config.file=${file}`,
      '--no-collector.hostfacts',
    ]);
    const urls = () => [...output.stderr.matchAll(/https:\S+\/metrics/g)].map(([url]) => url);
    while (urls().length < 2) await once(child.stderr, 'data');
    const client = new Agent({ connect: { ca: readFileSync(join(tls, 'ca.crt')), servername: 'localhost' } });
    for (const url of urls()) {
      const refused = await request(url, { dispatcher: client });
      const authorization = `Basic ${Buffer.from('prometheus:open sesame').toString('base64')}`;
      const served = await request(url, { dispatcher: client, headers: { authorization } });
      expect([refused.statusCode, served.statusCode]).toEqual([401, 200]);
      await Promise.all([refused.body.dump(), served.body.dump()]);
    }
    await client.close();
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });

  it('takes flags from the environment as well', async () => {
    const env = {
      EVENKEEL_EXPORTER_CONFIG_FILE: join(import.meta.dirname, '../exporter.example.yml'),
      EVENKEEL_EXPORTER_WEB_CONFIG_FILE: join(directory, 'none.yml'),
    };
    const { output, ended } = start(['check'], env);
    expect([(await ended)[0], output.stderr]).toEqual([
      2,
      expect.stringMatching(/none\.yml.*\n.*--web\.config\.file/),
    ]);
  });

  it('says who has the port when it is taken, and ends with 1', async () => {
    const first = start(['--web.listen-address=127.0.0.1:0', '--no-collector.hostfacts']);
    while (!first.output.stderr.includes('/metrics')) await once(first.child.stderr, 'data');
    const address = /127\.0\.0\.1:\d+/.exec(first.output.stderr)![0];
    const { code, stderr } = await run(`--web.listen-address=${address}`, '--no-collector.hostfacts');
    first.child.kill('SIGTERM');
    await first.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/port \d+ is in use by .*\(pid \d+\)/);
  });
});
