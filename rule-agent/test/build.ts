import type { Policy } from '../src/decisions/index.ts';
import type { AlertReceived, Decided, Finished, Started } from '../src/model/event.ts';
import type { Fact, Facts, SignalBook } from '../src/model/fact.ts';
import type { OpenEpisode } from '../src/model/history.ts';
import { LabelIndex } from '../src/model/label-index.ts';
import type { Match } from '../src/model/match.ts';
import type { Rule } from '../src/model/rule.ts';
import { targetKey } from '../src/model/target.ts';

/** Values for tests: whole and plausible; a test overrides what it is about. */
export const T0 = Date.parse('2026-11-23T12:00:00Z');

export const warehouse = { job: 'warehouse' };

export function ok(value: number, sampledAtMs = T0): Fact {
  return { status: 'ok', value, sampledAtMs };
}

export function buildRule(overrides: Partial<Rule> = {}): Rule {
  return {
    name: 'slow-api',
    description: 'Requests are slow.',
    labels: {},
    priority: 1,
    mode: 'auto',
    target: { by: ['job'], match: {} },
    facts: { latency: { signal: 'api_latency_p95_seconds' } },
    when: { all: [{ fact: 'latency', operator: 'greaterThan', value: 1 }] },
    holding: { steadyMs: 10_000 },
    cooldownMs: 120_000,
    budget: {},
    whenLearning: 'act',
    action: { kind: 'knob', system: 'warehouse', name: 'cache_ttl', change: { set: 120 } },
    expect: {
      signal: 'api_latency_p95_seconds',
      direction: 'lower',
      settleMs: 20_000,
      windowMs: 0,
      guardrails: [],
    },
    version: 'aaaaaaaaaaaa',
    file: 'rules.yml',
    text: '',
    ...overrides,
  };
}

export function buildMatch(overrides: Partial<Match> = {}): Match {
  const { target = warehouse } = overrides;
  return {
    rule: buildRule(),
    target,
    targetKey: targetKey(target),
    facts: { latency: ok(3) },
    outcome: 'firing',
    because: '',
    ...overrides,
  };
}

/** The rules of matches, as those in force. */
export function rulesOf(matches: readonly Match[]): Rule[] {
  return [...new Set(matches.map(({ rule }) => rule))];
}

/** Limits that stop nothing; a test overrides what it is about. */
export const POLICY: Policy = {
  budget: { actions: 10, perMs: 3_600_000 },
  continuityMs: 30_000,
  maxAgeMs: 30_000,
  maintenance: [],
  timeZone: 'UTC',
  blastRadius: { share: 0.5, targets: 4 },
  flapping: { times: 6, withinMs: 3_600_000 },
  oscillation: { turns: 4, withinMs: 4 * 3_600_000, restMs: 86_400_000 },
  veto: { restMs: 86_400_000 },
  approval: { expiresMs: 900_000, needed: 1 },
  holdOut: 'drawn',
};

export function buildBook(
  signals: Record<string, { labels: Record<string, string>; value: number }[]> = {},
  /** Whether the baseline of a signal of the warehouse is ready. */
  ready: Record<string, number> = {},
): SignalBook {
  const bySignal = Object.entries(signals).map(
    ([signal, samples]) =>
      [signal, new LabelIndex(samples.map((sample) => ({ ...sample, sampledAtMs: T0 })))] as const,
  );
  const readiness = Object.entries(ready).map(
    ([signal, value]) => [signal, new LabelIndex([{ labels: warehouse, value, sampledAtMs: T0 }])] as const,
  );
  return {
    status: 'ok',
    evaluatedAtMs: T0,
    bySignal: new Map(bySignal),
    baselines: { zscore: new Map(), ready: new Map(readiness) },
    scrapes: new LabelIndex(),
  };
}

export function buildFacts(signals: SignalBook = buildBook(), readAtMs = T0): Facts {
  return { readAtMs, targets: [], signals };
}

export function buildDecided(overrides: Partial<Decided> = {}): Decided {
  const rule = buildRule();
  return {
    kind: 'decided',
    at: T0,
    rule: rule.name,
    ruleVersion: rule.version,
    target: warehouse,
    targetKey: targetKey(warehouse),
    episode: 'slow-api-1',
    mode: 'auto',
    priority: 1,
    firingStart: T0 - 10_000,
    idempotencyKey: 'key-1',
    action: rule.action,
    expect: rule.expect,
    cooldownMs: rule.cooldownMs,
    facts: { latency: ok(3) },
    observedBefore: ok(3),
    ...overrides,
  };
}

export function buildStarted(overrides: Partial<Started> = {}): Started {
  return {
    kind: 'started',
    at: T0 + 10,
    episode: 'slow-api-1',
    rule: 'slow-api',
    idempotencyKey: 'key-1',
    plan: { system: 'warehouse', name: 'cache_ttl', from: 2, to: 120, version: '"1"' },
    ...overrides,
  };
}

export function buildFinished(overrides: Partial<Finished> = {}): Finished {
  return {
    kind: 'finished',
    at: T0 + 20,
    episode: 'slow-api-1',
    rule: 'slow-api',
    outcome: 'applied',
    reconciled: false,
    ...overrides,
  };
}

export function buildAlert(overrides: Partial<AlertReceived> = {}): AlertReceived {
  return {
    kind: 'alert_received',
    at: T0,
    groupKey: 'g',
    fingerprint: 'f',
    status: 'firing',
    startsAt: '2026-11-23T12:00:00Z',
    endsAt: '',
    receiver: 'agent',
    labels: { alertname: 'Slow' },
    annotations: {},
    generatorUrl: '',
    ...overrides,
  };
}

export function buildEpisode(overrides: Partial<OpenEpisode> = {}): OpenEpisode {
  return {
    decided: buildDecided(),
    state: 'executing',
    plan: buildStarted().plan,
    idempotencyKey: 'key-1',
    approvedBy: [],
    ...overrides,
  };
}
