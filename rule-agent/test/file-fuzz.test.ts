import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvenkeelError } from '@evenkeel/toolkit';
import { tries } from '@evenkeel/toolkit/testing';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { agentVariables, loadAgentConfig } from '../src/config/index.ts';
import { runTestFile } from '../src/rule-tests/index.ts';
import { readRules } from '../src/rules/index.ts';
import { mutated } from './mutations.ts';

/** A failure prints its seed and the smallest input that shows it. */
const CONFIGS = tries(1_000);
const VARIABLES = tries(500);
const RULE_FILES = tries(2_000);
const TEST_FILES = tries(500);

const REPOSITORY = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'file-fuzz-'));

afterAll(() => rmSync(directory, { recursive: true }));

const CONFIG = parse(`
prometheus: { url: "http://127.0.0.1:9090", token: t, timeout: 5s, max_age: 30s }
rules: [rules/*.yml]
journal: { path: journal.db, retain: 400d }
systems:
  warehouse: { knobs: "http://127.0.0.1:8005/knobs", token: t, networks: [127.0.0.0/8] }
  shop:
    http:
      url: https://shop.example.com/api
      requests:
        clear: { method: PUT, path: '/c/\${target.job}', body: { a: '\${target.job}' }, verify: { path: /c, pointer: /a, equals: b } }
  stock:
    sql:
      url: postgres://u:p@db/stock
      statements: { raise: { run: 'UPDATE p SET f = $1', params: ['\${target.job}'] } }
  chat: { notify: { format: slack, url: https://hooks.example.com/x } }
maintenance: [{ start: 0 2 * * sun, lasts: 3h }]
time_zone: Europe/London
api: { tokens: [{ name: ops, role: operator, token: o }] }
`) as Record<string, unknown>;

const RULES = parse(`
rules:
  - name: slow-api
    description: Requests are slow.
    priority: 1
    target: { by: [job], match: { job: warehouse } }
    facts:
      latency: { signal: api_latency_p95_seconds, reading: zscore }
      queue: { promql: 'sum by (job) (queue{job="\${target.job}"})', source: { job: x } }
    when: { all: [{ fact: latency, operator: greaterThan, value: 1 }, { not: { fact: queue, operator: in, value: [1] } }] }
    clear: { fact: latency, operator: lessThan, value: 0.5 }
    for: { firing: 3, of: 4 }
    schedule: { time_zone: UTC, allowed: [{ start: 0 8 * * mon-fri, lasts: 10h }] }
    budget: { rule: { actions: 3, per: 1d } }
    action: { http: { system: shop, name: clear } }
    expect: { signal: x, direction: lower, settle: 2m, window: 1m, guards: [{ signal: y, above: 1 }] }
`) as Record<string, unknown>;

/** It refuses with a text for a person, or takes it; it never throws anything else. */
function isAnswer(loaded: { ok: true } | { ok: false; text: string }): void {
  if (!loaded.ok) expect(loaded.text).toMatch(/error/);
}

function loadConfigOf(text: string, env: Record<string, string> = {}) {
  const file = join(directory, 'agent.yml');
  writeFileSync(file, text);
  return loadAgentConfig(file, env);
}

describe('whatever stands in', () => {
  it('a configuration', () => {
    // What is right is what the others come close to.
    expect(loadConfigOf(JSON.stringify(CONFIG))).toMatchObject({ ok: true });
    const text = fc.oneof(mutated(CONFIG), mutated(CONFIG), fc.json(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(text, (given) => isAnswer(loadConfigOf(given))),
      { numRuns: CONFIGS },
    );
  }, 120_000);

  it('a variable', () => {
    const base = JSON.stringify(CONFIG);
    const names = agentVariables().map(({ variable }) => variable.replaceAll('<NAME>', 'SHOP'));
    const name = fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom(...names).map((one) => `${one}_FILE`),
      fc.stringMatching(/^EVENKEEL_AGENT_[A-Z0-9_]{0,30}$/),
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom('1', '5s', 'true', '[', '*a'),
    );
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 3 }), (env) => isAnswer(loadConfigOf(base, env))),
      { numRuns: VARIABLES },
    );
  }, 120_000);

  it('a rule file', () => {
    const loaded = loadConfigOf(JSON.stringify(CONFIG));
    if (!loaded.ok) throw new Error(loaded.text);
    const { systems } = loaded.config;
    const read = (text: string) => readRules('fuzz.yml', text, { systems, env: {} });
    expect(read(JSON.stringify(RULES))).toMatchObject({ ok: true });
    const text = fc.oneof(mutated(RULES), mutated(RULES), fc.json(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(text, (given) => isAnswer(read(given))),
      { numRuns: RULE_FILES },
    );
  }, 120_000);

  it('a file of tests', async () => {
    const shipped = join(REPOSITORY, 'provisioning/agent');
    const base = parse(readFileSync(join(shipped, 'tests/default_test.yml'), 'utf8')) as { tests: unknown[] };
    const few = { ...base, rules: [join(shipped, 'rules/default.yml')], tests: base.tests.slice(0, 2) };
    const file = join(directory, 'fuzz_test.yml');
    writeFileSync(file, JSON.stringify(few));
    await runTestFile(file);
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated(few), mutated(few), fc.json()), async (given) => {
        writeFileSync(file, given);
        try {
          await runTestFile(file);
        } catch (error) {
          expect(error).toBeInstanceOf(EvenkeelError);
        }
      }),
      { numRuns: TEST_FILES },
    );
  }, 120_000);
});
