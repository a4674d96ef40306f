import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { agentConfigJsonSchema, loadAgentConfig } from './index.ts';
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
});
