import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runTestFile } from './run-test-file.ts';

const SHIPPED = join(import.meta.dirname, '../../../provisioning/agent/tests');

const RULES = `rules:
  - name: queue
    description: The queue is long.
    priority: 2
    mode: \${MODE:-shadow}
    target: { by: [job] }
    facts: { length: { promql: 'max by (job) (queue_length)' } }
    when: { fact: length, operator: greaterThan, value: 10 }
    when_learning: act
    action: { knob: { system: shop, name: workers, add: 1 } }
    expect: { signal: queue_wait_seconds, direction: lower }
`;

const TESTS = `rules: [rules.yml]
systems: [shop]
interval: 30s
tests:
  - name: a long queue
    promql: [{ expr: 'max by (job) (queue_length)', labels: { job: shop }, values: '5x2 20x5' }]
    expect:
      - { at: 1m, rule: queue, target: { job: shop }, state: idle }
      - { at: 90s, rule: queue, target: { job: shop }, decision: shadow }
`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rule-tests-'));
  writeFileSync(join(directory, 'rules.yml'), RULES);
});

afterEach(() => rmSync(directory, { recursive: true }));

function run(text: string) {
  const file = join(directory, 'queue_test.yml');
  writeFileSync(file, text);
  return runTestFile(file);
}

describe('tests of the shipped rules', () => {
  it.each(globSync('*_test.yml', { cwd: SHIPPED }))('%s holds', async (name) => {
    expect(await runTestFile(join(SHIPPED, name))).toMatchObject({ failed: false });
  });
});

describe('a file of tests', () => {
  it('gives a PromQL the series under its text, and variables of its own', async () => {
    expect(await run(TESTS)).toMatchObject({
      failed: false,
      text: expect.stringContaining('1 tests, 2 exp'),
    });
    const asAuto = TESTS.replace('interval:', 'env: { MODE: auto }\ninterval:');
    expect(await run(asAuto.replace('decision: shadow', 'decision: act'))).toMatchObject({ failed: false });
  });

  it('says where it expected something else, and what was found', async () => {
    const { failed, text } = await run(TESTS.replace('state: idle', 'state: firing'));
    expect(failed).toBe(true);
    expect(text).toMatch(/queue_test\.yml:8:62: error: a long queue: at 1m queue on \{job="shop"\}/);
    expect(text).toContain('expected state firing, got idle');
  });

  it('refuses rules that do not exist, values that cannot be read, and expectations of nothing', async () => {
    await expect(run(TESTS.replace('rule: queue', 'rule: quee'))).rejects.toThrow(/did you mean queue\?/);
    await expect(run(TESTS.replace('5x2', '5xx2'))).rejects.toThrow(/cannot read "5xx2"/);
    await expect(run(TESTS.replace(', state: idle', ''))).rejects.toThrow(/at least one of state/);
    await expect(run(TESTS.replace('rules.yml', 'other.yml'))).rejects.toThrow(/no rule file matches/);
  });
});
