import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exampleOf } from '../../test/action-bench.ts';
import { ACTION_KINDS } from '../actions/kinds/index.ts';
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
      text: expect.stringContaining('1 test, 2 expectations'),
    });
    const asAuto = TESTS.replace('interval:', 'env: { MODE: auto }\ninterval:');
    expect(await run(asAuto.replace('decision: shadow', 'decision: act'))).toMatchObject({ failed: false });
  });

  it('says where it expected something else, what was found, why, and how it came to that', async () => {
    const { failed, text } = await run(TESTS.replace('decision: shadow', 'state: idle, decision: act'));
    expect(failed).toBe(true);
    expect(text.replaceAll(directory, '.')).toBe(
      `FAILED  ./queue_test.yml

./queue_test.yml:9:63: a long queue
  At 1m30s, queue on {job="shop"}:
  - state    idle   (expected)
  + state    cooldown   (found)
  - decision act   (expected)
  + decision shadow   (found)
    It would act, but the rule is in mode shadow.
    Facts:
      length = 20
    Condition (when):
      yes all of
      yes   length (20) greaterThan 10
    It fires since 2026-01-05T00:01:30.000Z, for 0 s: long enough.
    What had happened up to then:
      1m30s  queue fires on {job="shop"}
      1m30s  queue would act on {job="shop"}, but is in shadow mode

`,
    );
  });

  it('says which targets there are, where there is none like the one expected', async () => {
    const { text } = await run(
      TESTS.replace('target: { job: shop }, state: idle', 'target: { job: shp }, state: idle'),
    );
    expect(text).toContain('Because none of its targets has these labels; it has {job="shop"}.');
  });

  it('refuses rules that do not exist, values that cannot be read, and expectations of nothing', async () => {
    await expect(run(TESTS.replace('rule: queue', 'rule: quee'))).rejects.toThrow(/did you mean queue\?/);
    await expect(run(TESTS.replace('5x2', '5xx2'))).rejects.toThrow(/cannot read "5xx2"/);
    await expect(run(TESTS.replace(', state: idle', ''))).rejects.toThrow(/at least one of state/);
    await expect(run(TESTS.replace('rules.yml', 'other.yml'))).rejects.toThrow(/no rule file matches/);
  });
});

describe('a rule with an action of the kind', () => {
  it.each(ACTION_KINDS.map(({ name }) => name))('%s can be tested', async (kind) => {
    const knob = 'action: { knob: { system: shop, name: workers, add: 1 } }';
    const action = exampleOf(kind)
      .action.replace(/system: [\w-]+/, 'system: shop')
      .replaceAll('\n', '\n    ');
    writeFileSync(
      join(directory, 'rules.yml'),
      RULES.replace(knob, () => action.trimEnd()),
    );
    const test = TESTS.replace('systems: [shop]', `systems: { shop: ${kind} }\nenv: { MODE: auto }`);
    expect(await run(test.replace('decision: shadow', 'decision: act'))).toMatchObject({ failed: false });
    await expect(run(test.replace(`{ shop: ${kind} }`, '{ shop: knbo }'))).rejects.toThrow(/expected one of/);
  });
});

describe('what people and systems do in a test', () => {
  const auto = TESTS.replace('systems: [shop]', 'systems: [shop]\nenv: { MODE: auto }').replace(
    /expect:[^]*/,
    '',
  );
  const target = 'rule: queue, target: { job: shop }';

  it('holds actions back while a pause lasts', async () => {
    const text = `${auto}pauses: [{ at: 1m, for: 1m, reason: stocktaking }]
    expect:
      - { at: 90s, ${target}, state: paused, guard: pause }
      - { at: 2m, ${target}, decision: act }
`;
    expect((await run(text)).text).toMatch(/^ok/);
  });

  it('lets an action go when a person approves, within the limits of the configuration', async () => {
    const text = `${auto.replace('MODE: auto', 'MODE: approve').replace('interval:', 'limits: { approvals: { expire: 1m } }\ninterval:')}approvals: [{ at: 2m, ${target} }]
    expect:
      - { at: 90s, ${target}, state: awaiting_approval, decision: ask }
      - { at: 2m, ${target}, decision: act }
`;
    expect((await run(text)).text).toMatch(/^ok/);
    const late = text
      .replace('at: 2m', 'at: 4m')
      .replace('at: 2m', 'at: 150s')
      .replace('decision: act', 'decision: expired');
    expect((await run(late)).text).toMatch(/^ok/);
  });

  it('opens the breaker on a system that fails three times', async () => {
    writeFileSync(
      join(directory, 'rules.yml'),
      RULES.replace('when_learning', 'cooldown: 0s\n    when_learning'),
    );
    const text = `${auto}failing: [shop]
    expect:
      - { at: 2m, ${target}, decision: act }
      - { at: 3m, ${target}, state: quarantined, guard: breaker }
`;
    expect((await run(text)).text).toMatch(/^ok/);
  });
});
