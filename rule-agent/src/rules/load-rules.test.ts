import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LoadedRules, loadRules, readRules, ruleFileJsonSchema } from './load-rules.ts';

const GOOD = `rules:
  - name: slow-api
    description: Requests are slow.
    priority: 1
    mode: auto
    target: { by: [job], match: { job: warehouse } }
    facts:
      latency: { signal: api_latency_p95_seconds }
      queue: { promql: 'sum by (job) (queue)', source: { job: exporter } }
    when: { all: [{ fact: latency, operator: greaterThan, value: 1 }, { fact: queue, operator: in, value: [1, 2] }] }
    clear: { fact: latency, operator: lessThan, value: 0.5 }
    for: 10s
    action: { knob: { system: warehouse, name: cache_ttl, set: 120 } }
    expect: { signal: api_latency_p95_seconds, direction: lower, settle: 20s }
`;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'rules-'));
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function load(files: Record<string, string>, env: Record<string, string> = {}): LoadedRules {
  const names = Object.keys(files).map((name) => `${name}.yml`);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, `${name}.yml`), text);
  return loadRules({ globs: names, directory, systems: { warehouse: { kind: 'knob' } }, env });
}

function mistakesIn(text: string) {
  const loaded = load({ bad: text });
  if (loaded.ok) return [];
  return loaded.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('loading rules', () => {
  it('fills in defaults, and gives the same version to the same content', () => {
    const loaded = load({ good: GOOD });
    expect(loaded.ok && loaded.rules).toEqual([
      expect.objectContaining({
        name: 'slow-api',
        holding: { steadyMs: 10_000 },
        cooldownMs: 120_000,
        clear: { all: [{ fact: 'latency', operator: 'lessThan', value: 0.5 }] },
        action: { kind: 'knob', system: 'warehouse', name: 'cache_ttl', change: { set: 120 } },
        expect: {
          signal: 'api_latency_p95_seconds',
          direction: 'lower',
          settleMs: 20_000,
          windowMs: 0,
          guardrails: [],
        },
        version: expect.stringMatching(/^[0-9a-f]{12}$/),
      }),
    ]);
    const versionOf = (text: string) => {
      const again = load({ again: text });
      return again.ok ? again.rules[0]?.version : undefined;
    };
    expect(versionOf(`# a comment\n${GOOD}`)).toBe(loaded.ok && loaded.rules[0]?.version);
    expect(versionOf(GOOD.replace('set: 120', 'set: 121'))).not.toBe(loaded.ok && loaded.rules[0]?.version);
  });

  it('takes the smallest effect worth having, where an effect is measured', () => {
    const withMinimum = (minimum: string) => GOOD.replace('settle: 20s', `settle: 20s, ${minimum}`);
    const loaded = load({ good: withMinimum('window: 10m, minimum: 0.2') });
    expect(loaded.ok && loaded.rules[0]?.expect).toMatchObject({ windowMs: 600_000, minimum: 0.2 });
    expect(mistakesIn(withMinimum('minimum: 0.2'))).toEqual([
      expect.stringContaining('minimum goes with window: without one no effect is measured'),
    ]);
    expect(mistakesIn(withMinimum('window: 10m, minimum: 0'))).toEqual([
      expect.stringContaining('must be more than 0: the smallest effect worth having'),
    ]);
  });

  it('takes a proof by a switchback, where an effect is measured and the action can be moved back and forth', () => {
    const withProof = (proof: string) => GOOD.replace('settle: 20s', `settle: 20s, ${proof}`);
    const loaded = load({ good: withProof('window: 10m, proof: { switchback: 8 }') });
    expect(loaded.ok && loaded.rules[0]?.expect).toMatchObject({ windowMs: 600_000, switchback: 8 });
    const without = load({ good: withProof('proof: { switchback: 0 }') });
    expect(without.ok && without.rules[0]?.expect).not.toHaveProperty('switchback');
    expect(mistakesIn(withProof('proof: { switchback: 6 }'))).toEqual([
      expect.stringContaining('proof goes with window: each block of a switchback is measured over it'),
    ]);
    expect(mistakesIn(withProof('window: 10m, proof: { switchback: 7 }'))).toHaveLength(1);
    const ordering = withProof('window: 10m, proof: { switchback: 6 }')
      .replace(/knob: \{.*? set: 120/, 'replenish: { system: stock, set: 2')
      .replace('name: catalogue_cache_ttl_seconds,', '');
    expect(mistakesIn(ordering)).toContainEqual(
      expect.stringContaining(
        'a switchback needs an action that can be moved back and forth: knob or kubernetes-scale',
      ),
    );
  });

  it('leaves one in ten firings of the least urgent rules with a knob alone, and of others what they say', () => {
    const measured = GOOD.replace('settle: 20s', 'settle: 20s, window: 10m');
    const least = measured.replace('priority: 1', 'priority: 3');
    const holdOutOf = (text: string) => {
      const loaded = load({ good: text });
      return loaded.ok ? (loaded.rules[0]?.expect.holdOut ?? 0) : 'refused';
    };
    expect(holdOutOf(least)).toBe(0.1);
    expect(holdOutOf(least.replace('window: 10m', 'window: 10m, hold_out: 0'))).toBe(0);
    expect(holdOutOf(measured)).toBe(0);
    expect(holdOutOf(measured.replace('window: 10m', 'window: 10m, hold_out: 0.5'))).toBe(0.5);
    expect(holdOutOf(GOOD.replace('priority: 1', 'priority: 3'))).toBe(0);
  });

  it('refuses a hold-out from which nothing is learned, or that is most of the firings', () => {
    expect(mistakesIn(GOOD.replace('settle: 20s', 'settle: 20s, hold_out: 0.1'))).toEqual([
      expect.stringContaining('hold_out goes with window: without one nothing is learned by it'),
    ]);
    expect(mistakesIn(GOOD.replace('settle: 20s', 'settle: 20s, window: 10m, hold_out: 0.6'))).toEqual([
      expect.stringContaining('must be 0.5 at most: the share of firings that is left alone'),
    ]);
    const told = GOOD.replace('settle: 20s', 'window: 10m, hold_out: 0.1').replace(
      /action: .*/,
      'action: { notify: { system: chat, text: slow } }',
    );
    const loaded = readRules('told.yml', told, { systems: { chat: { kind: 'notify' } }, env: {} });
    expect(loaded.ok ? '' : loaded.text).toContain('a message moves nothing');
  });

  it.each([
    [1, 120_000],
    [2, 300_000],
    [3, 900_000],
  ])('rests after priority %i for %i ms by default', (priority, cooldownMs) => {
    const loaded = load({ good: GOOD.replace('priority: 1', `priority: ${priority}`) });
    expect(loaded.ok && loaded.rules[0]?.cooldownMs).toBe(cooldownMs);
  });

  it('is in shadow mode unless the file, or the environment it names, says otherwise', () => {
    const modeOf = (text: string, env = {}) => {
      const loaded = load({ good: text }, env);
      return loaded.ok && loaded.rules[0]?.mode;
    };
    expect(modeOf(GOOD.replace('    mode: auto\n', ''))).toBe('shadow');
    const open = GOOD.replace('mode: auto', 'mode: ${EVENKEEL_RULE_MODE:-shadow}');
    expect(modeOf(open)).toBe('shadow');
    expect(modeOf(open, { EVENKEEL_RULE_MODE: 'auto' })).toBe('auto');
  });

  it('says which globs match nothing', () => {
    expect(loadRules({ globs: ['none/*.yml'], directory, systems: {} })).toMatchObject({
      ok: true,
      rules: [],
      unmatched: ['none/*.yml'],
    });
  });
});

describe('mistakes in rules', () => {
  it('are all shown at once, each where it stands', () => {
    const bad = GOOD.replace('priority: 1', 'priority: 0')
      .replace('mode: auto', 'mode: automatic')
      .replace('operator: greaterThan', 'operator: greatrThan')
      .replace('value: 0.5', 'value: "0.5"')
      .replace('for: 10s', 'for: 10')
      .replace('system: warehouse', 'system: warehous')
      .replace('settle: 20s', 'settel: 20s');
    expect(mistakesIn(bad)).toEqual([
      '4:15 expected one of 1|2|3',
      expect.stringMatching(/^5:11 expected one of "off"/),
      expect.stringMatching(/^10:46 expected one of "equal"/),
      '11:56 expected number, received string',
      '12:10 expected string, received number',
      '13:31 unknown system warehous; did you mean warehouse?',
      '14:66 unknown key settel',
    ]);
  });

  const clear = '{ fact: latency, operator: lessThan, value: 0.5 }';
  it.each([
    ['an unknown fact', ['fact: queue', 'fact: queu'], /unknown fact queu; did you mean queue\?/],
    ['a path into a fact', ['operator: in, value', 'path: $.x, operator: in, value'], /unknown key path/],
    [
      'parameters of a fact',
      ['operator: in, value', 'params: {}, operator: in, value'],
      /unknown key params/,
    ],
    ['a named condition', [clear, '{ condition: other }'], /unknown key condition/],
    ['an empty all, which would be true', [clear, '{ all: [] }'], /at least one condition/],
    ['two forms at once', [clear, `{ any: [${clear}], not: ${clear} }`], /any and not cannot stand together/],
    [
      'a list for one number',
      ['greaterThan, value: 1', 'greaterThan, value: [1]'],
      /greaterThan compares with one number/,
    ],
    ['one number for a list', ['in, value: [1, 2]', 'in, value: 1'], /in compares with a list of numbers/],
    ['a comparison without a value', [', value: 0.5', ''], /value is required/],
    ['a comparison without an operator', [', operator: lessThan', ''], /operator is required/],
    ['not a number', ['value: 0.5', 'value: .nan'], /expected number/],
    ['two changes of a knob', ['set: 120', 'set: 120, add: 1'], /set and add cannot stand together/],
    ['no change of a knob', [', set: 120', ''], /expected one of set, multiply, add/],
    ['strength without a value', ['set: 120', 'add: 1, stronger: higher'], /stronger goes with set/],
    [
      'two sources of a fact',
      ["promql: 'sum", "signal: x, promql: 'sum"],
      /signal and promql cannot stand together/,
    ],
    ['a name like a prototype', ['latency: { signal', '__proto__: { signal'], /./],
  ] as const)('%s is refused', (_what, [before, after], message) => {
    expect(GOOD).toContain(before);
    expect(mistakesIn(GOOD.replace(before, after)).join('\n')).toMatch(message);
  });

  it('a name that is taken already is refused, in whatever file', () => {
    const loaded = load({ one: GOOD, two: GOOD });
    expect(loaded.ok ? '' : loaded.text).toMatch(
      /two\.yml:2:11: error: rule slow-api is defined already, in .*one\.yml/,
    );
  });
});

describe('silence_while_acting', () => {
  const systems = { warehouse: { kind: 'knob' }, alerts: { kind: 'alertmanager-silence' } } as const;
  const read = (silence: string) =>
    readRules('a.yml', `${GOOD}    silence_while_acting: ${silence}\n`, { systems, env: {} });

  it('is of the alerts of the expected signal where it does not say of which, and bounded', () => {
    const plain = read('{ system: alerts }');
    expect(plain.ok && plain.rules[0]!.silence).toEqual({
      system: 'alerts',
      matchers: { signal: 'api_latency_p95_seconds' },
      mostMs: 3_600_000,
    });
    const own = read('{ system: alerts, matchers: { severity: warning }, at_most: 5m }');
    expect(own.ok && own.rules[0]!.silence).toMatchObject({
      matchers: { severity: 'warning' },
      mostMs: 300_000,
    });
  });

  it.each([
    ['{ system: warehouse }', /takes the action knob, not alertmanager-silence/],
    ['{ system: alerst }', /unknown system alerst; did you mean alerts/],
    ['{ system: alerts, at_most: 5h }', /4h at most/],
    ['{ system: alerts, matchers: { job: shop } }', /job is a label of the target/],
    ['{ system: alerts, matchers: { severity: "" } }', /too small/i],
  ])('refuses %s, with its place', (silence, message) => {
    const loaded = read(silence);
    expect(loaded.ok ? '' : loaded.text).toMatch(message);
    expect(loaded.ok ? 0 : loaded.diagnostics[0]!.line).toBe(15);
  });
});

describe('the JSON Schema of rules', () => {
  it('knows the keys of a rule, for completion', () => {
    const text = JSON.stringify(ruleFileJsonSchema());
    for (const key of ['priority', 'cooldown', 'greaterThanInclusive', 'stronger', 'settle']) {
      expect(text).toContain(`"${key}"`);
    }
  });
});
