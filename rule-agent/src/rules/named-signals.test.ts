import { describe, expect, it } from '@jest/globals';
import { SHIPPED_SIGNALS } from '@evenkeel/signals/shipped-signals';
import { findUnknownSignals, type KnownSignals } from './named-signals.ts';
import { readRules } from './load-rules.ts';

const systems = { warehouse: { kind: 'knob' } };
const FILE = `rules:
  - name: slow-api
    description: Requests are slow.
    priority: 1
    target: { by: [job] }
    facts:
      latency: { signal: api_latency_p95_second }
      load: { promql: "up" }
    when: { fact: latency, operator: greaterThan, value: 1 }
    action: { knob: { system: warehouse, name: cache_ttl, set: 120 } }
    expect:
      signal: \${EXPECTED:-picking_rate}
      direction: lower
      guards:
        - { signal: api_error_ratio, above: 0.1 }
        - { signal: "api_error_ratios", above: 0.1 }
`;

function find(known: Partial<KnownSignals> = {}) {
  const loaded = readRules('rules.yml', FILE, { systems, env: {} });
  if (!loaded.ok) throw new Error(loaded.text);
  return findUnknownSignals(loaded.signals, {
    names: new Set(SHIPPED_SIGNALS),
    inPrometheus: false,
    ...known,
  });
}

describe('signals that rules name', () => {
  it('are warned of, each at its place with near names, where they are not shipped', () => {
    const found = find();
    expect(found.map(({ line, column, length }) => [line, column, length])).toEqual([
      [7, 26, 22],
      [12, 15, 25],
      [16, 21, 18],
    ]);
    expect(found[0]).toMatchObject({
      file: 'rules.yml',
      severity: 'warning',
      code: 'RULE_SIGNAL_UNKNOWN',
      message: 'rule slow-api names the signal api_latency_p95_second, which is not a shipped one',
      hint: 'did you mean api_latency_p95_seconds?',
    });
    expect(found[1]).toMatchObject({
      message: expect.stringContaining('picking_rate'),
      hint: expect.stringContaining('check --prometheus'),
    });
    expect(found[2]?.hint).toBe('did you mean api_error_ratio?');
  });

  it('are mistakes once Prometheus has said that it has none of that name', () => {
    const names = new Set([...SHIPPED_SIGNALS, 'picking_rate']);
    const found = find({ names, inPrometheus: true });
    expect(found.map(({ line, severity }) => [line, severity])).toEqual([
      [7, 'error'],
      [16, 'error'],
    ]);
    expect(found[0]?.message).toMatch(/which is neither a shipped one nor in Prometheus$/);
  });

  it('are as many findings as anybody reads', () => {
    const named = Array.from({ length: 70 }, () => ({
      signal: 'nothing',
      rule: 'slow-api',
      place: { file: 'rules.yml', line: 1, column: 1, length: 7 },
    }));
    expect(findUnknownSignals(named, { names: new Set(), inPrometheus: false })).toHaveLength(51);
  });
});
