import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@evenkeel/toolkit';
import { createHttpClient, type HttpClient } from '../../rule-agent/src/http/client.ts';
import { createPrometheus, type Prometheus } from '../../rule-agent/src/prometheus/client.ts';
import { type RangeResult, valueAt } from '../../rule-agent/src/prometheus/range.ts';
import { historyPrometheus, simulate, simulatedAction } from '../../rule-agent/src/simulation/index.ts';
import { buildRule, POLICY } from '../../rule-agent/test/build.ts';
import { RealPrometheus } from './real-prometheus.ts';

const STEP_MS = 15_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Long enough for two pieces of 11,000 points. */
const LASTS_MS = 2.5 * DAY_MS;
const END_MS = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const START_MS = END_MS - LASTS_MS;

const directory = mkdtempSync(join(tmpdir(), 'prometheus-history-'));
let real: RealPrometheus;
let prometheus: Prometheus;
let http: HttpClient;

/** An hour of trouble, and half an hour later one in which nothing was recorded. */
const TROUBLE_MS = START_MS + 6 * HOUR_MS;
const SILENCE_MS = TROUBLE_MS + 1.5 * HOUR_MS;
const within = (ms: number, sinceMs: number) => ms >= sinceMs && ms < sinceMs + HOUR_MS;

/** One series says the number of its sample, another comes and goes for ten minutes at a time; and there is a signal. */
function history(): string {
  const numbers = ['# TYPE sample_number gauge'];
  const signals = ['# TYPE evenkeel:signal:value gauge'];
  for (let ms = START_MS; ms <= END_MS; ms += STEP_MS) {
    const at = ms / 1000;
    numbers.push(`sample_number{job="steady"} ${(ms - START_MS) / STEP_MS} ${at}`);
    if (isThere(ms)) numbers.push(`sample_number{job="patchy"} 1 ${at}`);
    if (within(ms, SILENCE_MS)) continue;
    const latency = within(ms, TROUBLE_MS) ? 3 : 0.5;
    signals.push(`evenkeel:signal:value{signal="latency",job="warehouse"} ${latency} ${at}`);
  }
  return `${[...numbers, ...signals, '# EOF'].join('\n')}\n`;
}

function isThere(ms: number): boolean {
  return Math.floor(ms / 600_000) % 2 === 0;
}

beforeAll(async () => {
  // A sample more than the two series have in an hour: every larger piece is refused.
  real = await RealPrometheus.holding(history(), join(directory, 'prometheus'), ['--query.max-samples=600']);
  http = createHttpClient({ timeoutMs: 10_000, maxBytes: 32 * 1024 * 1024 });
  prometheus = createPrometheus({ url: real.url, http, clock: systemClock });
}, 120_000);

afterAll(async () => {
  await http.close();
  await real.stop();
  rmSync(directory, { recursive: true, force: true });
});

function seriesOf(result: RangeResult, job: string) {
  if (!result.ok) throw new Error(result.because);
  const series = result.series.find(({ labels }) => labels.job === job)!;
  return Array.from({ length: result.grid.points }, (_, point) => valueAt(series, point));
}

/** What an instant query says at a time: what the agent would have been told then. */
async function askedAt(promql: string, ms: number): Promise<Map<string, number>> {
  const query = new URLSearchParams({ query: promql, time: String(ms / 1000) });
  const response = await fetch(`${real.url}/api/v1/query?${query.toString()}`);
  const { data } = (await response.json()) as {
    data: { result: { metric: { job: string }; value: [number, string] }[] };
  };
  return new Map(data.result.map(({ metric, value }) => [metric.job, Number(value[1])]));
}

describe('a range of a real Prometheus that answers with 600 samples at the most', () => {
  it('has every point once, whatever pieces it takes', async () => {
    const range = { fromMs: START_MS, toMs: END_MS, stepMs: STEP_MS };
    const result = await prometheus.queryRange('sample_number', range);
    const numbers = seriesOf(result, 'steady');
    expect(numbers.length).toBe(LASTS_MS / STEP_MS + 1);
    expect(numbers.every((value, index) => value === index)).toBe(true);
  });

  it.each(['sample_number', 'count_over_time(sample_number[1m])', 'sample_number > bool 100'])(
    'says of %s what instant queries say, at the borders of its windows too',
    async (promql) => {
      const range = { fromMs: START_MS, toMs: START_MS + DAY_MS / 6, stepMs: STEP_MS };
      const result = await prometheus.queryRange(promql, range);
      const [steady, patchy] = [seriesOf(result, 'steady'), seriesOf(result, 'patchy')];
      for (let point = 0; point < steady.length; point += 29) {
        const there = await askedAt(promql, START_MS + point * STEP_MS);
        expect([point, steady[point], patchy[point]]).toEqual([
          point,
          there.get('steady'),
          there.get('patchy'),
        ]);
      }
    },
  );

  it('says why a query cannot be answered', async () => {
    const range = { fromMs: START_MS, toMs: END_MS, stepMs: STEP_MS };
    expect(await prometheus.queryRange('sum(', range)).toMatchObject({ ok: false, fault: 'query' });
    expect(await prometheus.queryRange('count_over_time(sample_number[1d])', range)).toEqual({
      ok: false,
      fault: 'query',
      because: expect.stringMatching(/too many samples into memory.*, not even for one point$/),
    });
  });
});

describe('a simulation over the past of a real Prometheus', () => {
  it('tells when a rule would have fired, and when nothing was known', async () => {
    const rule = buildRule({
      ...{ mode: 'shadow', holding: { steadyMs: 300_000 }, facts: { latency: { signal: 'latency' } } },
      ...{ target: { by: ['job'], match: { job: 'warehouse' } }, cooldownMs: 2 * HOUR_MS },
    });
    const toMs = SILENCE_MS + 2 * HOUR_MS;
    const turns = simulate({
      ...{ rules: [rule], policy: { ...POLICY, maxAgeMs: 60_000 }, action: simulatedAction(new Set()) },
      ...{ fromMs: START_MS, toMs, intervalMs: STEP_MS },
      prometheus: (clock) =>
        historyPrometheus({
          ...{ source: prometheus, clock, stepMs: STEP_MS, toMs, maxAgeMs: 60_000 },
          signals: { values: ['latency'], zscores: [] },
        }),
    });
    const seen: [number, string][] = [];
    for await (const { nowMs, events, facts } of turns) {
      const status = facts.targets[0]?.facts.latency?.status ?? 'no target';
      if (status !== seen.findLast(([, what]) => STATUSES.includes(what))?.[1]) seen.push([nowMs, status]);
      for (const { at, kind } of events) seen.push([at, kind]);
    }
    expect(seen).toEqual([
      [START_MS, 'ok'],
      [TROUBLE_MS, 'firing_started'],
      [TROUBLE_MS + 300_000, 'decided'],
      // It goes on, and the rule cools down.
      [TROUBLE_MS + 300_000 + STEP_MS, 'firing_started'],
      [TROUBLE_MS + 600_000 + STEP_MS, 'suppressed'],
      [TROUBLE_MS + HOUR_MS, 'firing_ended'],
      // The last value is a minute old, then five, by which Prometheus 2 and 3 mean something else.
      [SILENCE_MS + STEP_MS * 4, 'stale'],
      [expect.any(Number), 'missing'],
      [SILENCE_MS + HOUR_MS, 'ok'],
    ]);
  });
});

const STATUSES = ['ok', 'stale', 'missing', 'error', 'no target'];
