import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@evenkeel/toolkit';
import { signalsReadBy } from '../../rule-agent/src/facts/index.ts';
import { createHttpClient, type HttpClient } from '../../rule-agent/src/http/client.ts';
import type { Rule } from '../../rule-agent/src/model/rule.ts';
import { createPrometheus, type Prometheus } from '../../rule-agent/src/prometheus/client.ts';
import { historyPrometheus, simulate, simulatedAction } from '../../rule-agent/src/simulation/index.ts';
import { buildRule, POLICY } from '../../rule-agent/test/build.ts';
import { askedThen } from './asked-then.ts';
import { RealPrometheus } from './real-prometheus.ts';

const STEP_MS = 15_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** The night in which Berlin has the hour from two to three twice: 00:00 to 02:00 UTC. */
const FROM_MS = Date.parse('2026-10-25T00:00:00Z');
const TO_MS = FROM_MS + 2.5 * HOUR_MS;
/** When twice as much comes as ever before, ten minutes of each half hour. */
const isTrouble = (ms: number) => (ms - FROM_MS) % (30 * MINUTE_MS) >= 20 * MINUTE_MS;

const directory = mkdtempSync(join(tmpdir(), 'replay-odd-series-'));
let real: RealPrometheus;
let http: HttpClient;

beforeAll(async () => {
  real = await RealPrometheus.holding(history(), join(directory, 'prometheus'));
  http = createHttpClient({ timeoutMs: 10_000, maxBytes: 32 * 1024 * 1024 });
}, 120_000);

afterAll(async () => {
  await http.close();
  await real.stop();
  rmSync(directory, { recursive: true, force: true });
});

interface Series {
  labels: string;
  everyMs?: number;
  isThere?: (minute: number) => boolean;
}

const SIGNALS: readonly Series[] = [
  { labels: 'signal="steady",job="shop"' },
  // A second series of the target for an hour.
  { labels: 'signal="doubled",job="shop",pod="a"' },
  { labels: 'signal="doubled",job="shop",pod="b"', isThere: (minute) => minute >= 40 && minute < 100 },
  // Targets that come and go while a condition holds.
  { labels: 'signal="short",job="shop"', isThere: (minute) => minute >= 25 && minute < 85 },
  { labels: 'signal="short",job="carrier"', isThere: (minute) => minute < 52 },
  { labels: 'signal="gap",job="shop"', isThere: (minute) => minute < 23 || minute >= 115 },
  { labels: 'signal="fast",job="shop"', everyMs: 10_000 },
  { labels: 'signal="slow",job="shop"', everyMs: 300_000 },
  // Recorded at a moment between the looks.
  { labels: 'signal="late",job="shop"', everyMs: 61_700 },
  { labels: 'signal="not_a_number",job="shop"' },
];

function history(): string {
  const lines = ['# TYPE evenkeel:signal:value gauge'];
  for (const { labels, everyMs = STEP_MS, isThere = () => true } of SIGNALS) {
    for (let ms = FROM_MS - 10 * MINUTE_MS; ms <= TO_MS; ms += everyMs) {
      if (!isThere((ms - FROM_MS) / MINUTE_MS)) continue;
      const isNaN = labels.includes('not_a_number') && (ms / MINUTE_MS) % 30 > 25;
      lines.push(`evenkeel:signal:value{${labels}} ${isNaN ? 'NaN' : isTrouble(ms) ? 3 : 0.5} ${ms / 1000}`);
    }
  }
  return `${[...lines, ...requests(), '# EOF'].join('\n')}\n`;
}

/** Two a second, six while there is trouble; the process that counts them starts anew every 37 minutes. */
function requests(): string[] {
  const lines = ['# TYPE requests counter'];
  let total = 0;
  for (let ms = FROM_MS - 10 * MINUTE_MS; ms <= TO_MS; ms += STEP_MS) {
    total = (ms - FROM_MS) % (37 * MINUTE_MS) === 0 ? 0 : total + (isTrouble(ms) ? 90 : 30);
    lines.push(`requests_total{job="shop"} ${total} ${ms / 1000}`);
  }
  return lines;
}

function ruleOf(name: string, overrides: Partial<Rule> = {}): Rule {
  const { expect: expectation } = buildRule();
  return buildRule({
    ...{ name, version: name, facts: { latency: { signal: name } }, cooldownMs: 5 * MINUTE_MS },
    ...{ holding: { steadyMs: 2 * MINUTE_MS }, expect: { ...expectation, signal: name } },
    action: { kind: 'knob', system: 'warehouse', name, change: { set: 120 } },
    ...overrides,
  });
}

const RULES: readonly Rule[] = [
  ...[...new Set(SIGNALS.map(({ labels }) => /signal="(\w+)"/.exec(labels)![1]!))].map((name) =>
    ruleOf(name),
  ),
  ruleOf('counter', { facts: { latency: { promql: 'sum by (job) (rate(requests_total[2m])) / 2' } } }),
  // Refused while there are two series on the right.
  ruleOf('refused', {
    facts: {
      latency: {
        promql:
          'evenkeel:signal:value{signal="steady"} * on (job) evenkeel:signal:value{signal="doubled"} / 3',
      },
    },
  }),
  ruleOf('each-target', {
    facts: {
      latency: { signal: 'steady' },
      mean: { promql: 'avg by (job) (avg_over_time(evenkeel:signal:value{job="${target.job}"}[5m]))' },
    },
    when: { all: [{ fact: 'mean', operator: 'greaterThan', value: 1 }] },
  }),
  // Between two and half past two in Berlin, which there is twice.
  ruleOf('at-night', {
    facts: { latency: { signal: 'steady' } },
    schedule: {
      ...{ timeZone: 'Europe/Berlin', maintenance: [] },
      allowed: [{ start: '0 2 * * *', lastsMs: 30 * MINUTE_MS }],
    },
  }),
];

async function play(prometheus: (clock: { now: () => number }) => Prometheus) {
  const seen: unknown[] = [];
  for await (const { events, facts, nowMs } of simulate({
    ...{ rules: RULES, prometheus, action: simulatedAction(new Set()) },
    ...{
      policy: { ...POLICY, timeZone: 'Europe/Berlin' },
      fromMs: FROM_MS,
      toMs: TO_MS,
      intervalMs: STEP_MS,
    },
  })) {
    for (const event of events) {
      const { kind, at, rule, targetKey, guard, because } = event as unknown as Record<string, unknown>;
      seen.push({ kind, at, rule, targetKey, guard, because });
    }
    const statuses = facts.targets.map(({ rule, targetKey, facts: known }) => {
      const values = Object.values(known).map((fact) => (fact.status === 'ok' ? fact.value : fact.status));
      return `${rule} ${targetKey} ${values.join(' ')}`;
    });
    seen.push({ nowMs, statuses: statuses.sort() });
  }
  return seen;
}

describe('a replay of odd series', () => {
  it('knows, decides and holds back at each look what the agent does with its instant queries', async () => {
    const source = createPrometheus({ url: real.url, http, clock: systemClock });
    const past = await play((clock) =>
      historyPrometheus({
        ...{ source, clock, stepMs: STEP_MS, toMs: TO_MS },
        ...{ signals: signalsReadBy(RULES), maxAgeMs: POLICY.maxAgeMs },
      }),
    );
    const live = await play((clock) => askedThen(real.url, http, clock));
    expect(past.length).toBe(live.length);
    for (const [index, entry] of past.entries()) expect(entry).toEqual(live[index]);
    // It is no agreement on nothing.
    const text = JSON.stringify(past);
    for (const status of ['stale', 'missing', 'error', 'decided', 'suppressed', 'firing_ended']) {
      expect(text).toContain(status);
    }
    const decided = (past as { kind?: string; rule: string }[]).filter(({ kind }) => kind === 'decided');
    expect(new Set(decided.map(({ rule }) => rule)).size).toBeGreaterThan(6);
  }, 120_000);
});
