import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { agentConfigJsonSchema, endpointsOf, loadAgentConfig } from './index.ts';
import { readFileSync } from 'node:fs';

const EXAMPLE = join(import.meta.dirname, '../../agent.example.yml');
const TOKENS = ['warehouse', 'alertmanager', 'operator', 'prometheus'];

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'agent-config-'));
  mkdirSync(join(directory, 'secrets'));
  for (const name of TOKENS) writeFileSync(join(directory, `secrets/${name}-token`), `${name}-secret\n`);
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function load(text: string) {
  const file = join(directory, 'agent.yml');
  writeFileSync(file, text);
  return loadAgentConfig(file, {});
}

describe('agent.yml', () => {
  it('loads as the example has it, with absolute paths and with tokens from their files', () => {
    const loaded = load(readFileSync(EXAMPLE, 'utf8'));
    if (!loaded.ok) throw new Error(loaded.text);
    const { config } = loaded;
    expect(config.journal.path).toBe(join(directory, 'data/agent-journal.db'));
    expect(config.kill_switch_file).toBe(join(directory, 'data/STOP'));
    expect(config.systems.warehouse?.token?.reveal()).toBe('warehouse-secret');
    expect(config.api.tokens.map(({ role }) => role)).toEqual(['ingest', 'operator']);
    expect(JSON.stringify(config)).not.toContain('-secret');
  });

  it('has defaults for all but Prometheus, the rules and the journal', () => {
    const loaded = load('prometheus: { url: "http://p:9090" }\nrules: [r.yml]\njournal: { path: j.db }\n');
    expect(loaded.ok && loaded.config).toMatchObject({
      prometheus: { timeout: 5_000, max_age: 30_000 },
      interval: 2_000,
      budget: { actions: 10, per: 3_600_000 },
      systems: {},
      api: { listen: { host: '127.0.0.1', port: 9851 }, reads_need_token: false, tokens: [] },
    });
  });

  it('takes one Prometheus, or several of which each has its own access', () => {
    const rest = '\nrules: [r.yml]\njournal: { path: j.db }\n';
    const one = load(`prometheus: { url: "http://p:9090", timeout: 2s, tenant: a }${rest}`);
    expect(one.ok && endpointsOf(one.config.prometheus)).toMatchObject([
      { name: 'prometheus', url: 'http://p:9090', timeoutMs: 2_000, tenant: 'a' },
    ]);
    writeFileSync(join(directory, 'secrets/password'), 'open sesame\n');
    const several = load(
      `prometheus:
  timeout: 2s
  endpoints:
    - { name: near, url: "http://p:9090" }
    - name: thanos
      url: https://thanos.example.com/prefix
      timeout: 9s
      headers: { X-Source: evenkeel }
      basic_auth: { username: eve, password_file: secrets/password }${rest}`,
    );
    if (!several.ok) throw new Error(several.text);
    const [near, thanos] = endpointsOf(several.config.prometheus);
    expect(near).toMatchObject({ name: 'near', timeoutMs: 2_000 });
    expect(thanos).toMatchObject({ name: 'thanos', timeoutMs: 9_000, headers: { 'X-Source': 'evenkeel' } });
    expect(thanos!.basicAuth?.password.reveal()).toBe('open sesame');
    expect(JSON.stringify(several.config)).not.toContain('sesame');
  });

  it.each([
    [
      'url and endpoints',
      'url: "http://p", endpoints: [{ name: a, url: "http://a" }]',
      /cannot stand together/,
    ],
    ['neither', 'timeout: 5s', /expected one of url, endpoints/],
    [
      'two of a name',
      'endpoints: [{ name: a, url: "http://a" }, { name: a, url: "http://b" }]',
      /two endpoints named a/,
    ],
    [
      'a tenant beside endpoints',
      'tenant: t, endpoints: [{ name: a, url: "http://a" }]',
      /tenant belongs to each/,
    ],
    [
      'two ways to sign in',
      'url: "http://p", token: t, basic_auth: { username: u, password: p }',
      /keep one of them/,
    ],
    ['a password in the URL', 'url: "http://u:p@p"', /credentials belong into basic_auth/],
    ['a header that is set already', 'url: "http://p", headers: { X-Scope-OrgID: t }', /use tenant/],
    ['a header that would end early', 'url: "http://p", headers: { X-A: "b\\nc" }', /printable ASCII/],
  ])('refuses %s for Prometheus', (_what, prometheus, message) => {
    const loaded = load(`prometheus: { ${prometheus} }\nrules: [r.yml]\njournal: { path: j.db }\n`);
    expect(loaded.ok ? '' : loaded.text).toMatch(message);
    expect(loaded.ok ? 0 : loaded.diagnostics[0]!.line).toBe(1);
  });

  it('is documented key by key in the example', () => {
    const documented = readFileSync(EXAMPLE, 'utf8');
    const { properties } = agentConfigJsonSchema() as { properties: Record<string, { properties?: object }> };
    const keys = Object.entries(properties).flatMap(([key, value]) => [
      key,
      ...Object.keys(value.properties ?? {}),
    ]);
    expect(keys).toContain('max_age');
    for (const key of keys) expect(documented).toMatch(new RegExp(`\\b${key}(_file)?:`));
    expect(Object.keys(parse(documented) as object).sort()).toEqual(Object.keys(properties).sort());
  });

  it('shows all its mistakes at once, each with its place and a hint', () => {
    const loaded = load(
      [
        'prometheus: { url: "ftp://p", timeout: 5 }',
        'intervall: 2s',
        'rules: []',
        'journal: { path: j.db }',
        'api:',
        '  listen: "127.0.0.1:99999"',
        '  tokens: [{ name: x, role: root, token_file: secrets/none }]',
      ].join('\n'),
    );
    const shown = loaded.ok ? [] : loaded.diagnostics.map(({ line, message }) => `${line} ${message}`);
    expect(shown.sort()).toEqual([
      '1 expected a URL such as http://127.0.0.1:9090',
      '1 expected string, received number',
      '2 unknown key intervall',
      expect.stringMatching(/^3 too small/),
      expect.stringMatching(/^6 .*99999.* is not a listen address/),
      expect.stringMatching(/^7 cannot read the secret file/),
      expect.stringMatching(/^7 expected one of "viewer"/),
    ]);
  });

  it.each([
    ['{ system: desk }', 'unknown system desk; known here: the-desk'],
    ['{ system: warehouse }', 'warehouse is a system for knob: name one of kind notify'],
    ["{ system: the-desk, text: 'on $${target.job}' }", 'placeholders cannot stand here'],
  ])('tells people of approvals by a system of kind notify, and by no other: %s', (notify, mistake) => {
    const text = (told: string) => `prometheus: { url: "http://p:9090" }
rules: [r.yml]
journal: { path: j.db }
systems:
  warehouse: { knobs: "http://127.0.0.1:8005/knobs" }
  the-desk: { notify: { format: webhook, url: "http://127.0.0.1:1" } }
approvals: { notify: ${told} }
`;
    const loaded = load(text(notify));
    expect(!loaded.ok && loaded.text).toContain(mistake);
    const right = load(text('{ system: the-desk }'));
    expect(right.ok && right.config.approvals.notify).toEqual({ system: 'the-desk', severity: 'warning' });
  });
});
