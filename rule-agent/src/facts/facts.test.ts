import { describe, expect, it } from '@jest/globals';
import { buildRule, T0, warehouse } from '../../test/build.ts';
import { targetKey } from '../model/target.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import type { VectorSample } from '../prometheus/samples.ts';
import type { Prometheus } from '../prometheus/client.ts';
import type { Rule } from '../model/rule.ts';
import { isSignalQuery, observeSignal, readFacts, SIGNAL_QUERY } from './index.ts';
import { signalQueryFor } from './signal-book.ts';

const MAX_AGE_MS = 30_000;

interface Recorded {
  signal?: string;
  labels?: Record<string, string>;
  value?: number | string;
  ageMs?: number;
}

/** What Prometheus answers to the signal query: each value, its own time, and the scrapes. */
function signals(
  recorded: Recorded[],
  ups: { labels: Record<string, string>; up: number }[] = [],
): QueryResult {
  const samples = recorded.flatMap(
    ({
      signal = 'api_latency_p95_seconds',
      labels = warehouse,
      value = 2,
      ageMs = 1_000,
    }): VectorSample[] => {
      const identity = { signal, ...labels };
      return [
        { labels: { __name__: 'evenkeel:signal:value', ...identity }, value, atMs: T0 },
        { labels: { evenkeel_part: 'value_at', ...identity }, value: (T0 - ageMs) / 1000, atMs: T0 },
      ];
    },
  );
  const scrapes = ups.map(({ labels, up }) => ({
    labels: { __name__: 'up', ...labels },
    value: up,
    atMs: T0,
  }));
  return { ok: true, receivedAtMs: T0, samples: [...samples, ...scrapes] };
}

function prometheusWith(
  answers: Record<string, QueryResult>,
): Pick<Prometheus, 'query'> & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    query(promql) {
      const known = isSignalQuery(promql) ? SIGNAL_QUERY : promql;
      asked.push(known);
      return Promise.resolve(answers[known] ?? { ok: true, samples: [], receivedAtMs: T0 });
    },
  };
}

function read(answer: QueryResult, rules: Rule[] = [buildRule()], known = new Map()) {
  const prometheus = prometheusWith({ [SIGNAL_QUERY]: answer });
  return readFacts({ rules, prometheus, maxAgeMs: MAX_AGE_MS, known, nowMs: T0 });
}

async function latencyOf(
  answer: QueryResult,
  rule = buildRule({ target: { by: ['job'], match: warehouse } }),
) {
  const { targets } = await read(answer, [rule]);
  expect(targets).toHaveLength(1);
  return targets[0]?.facts.latency;
}

describe('reading facts', () => {
  it('gives the value of a recorded signal with the time at which it was recorded', async () => {
    const latency = await latencyOf(signals([{ value: 2, ageMs: 1_000 }]));
    expect(latency).toEqual({ status: 'ok', value: 2, sampledAtMs: T0 - 1_000 });
  });

  it('is stale when Prometheus repeats a value that is no longer recorded', async () => {
    const latency = await latencyOf(signals([{ ageMs: 31_000 }]));
    expect(latency).toMatchObject({ status: 'stale', because: 'nothing new was recorded' });
  });

  it('is stale when the time of the value is not known', async () => {
    const answer = signals([{}]);
    const withoutTime = answer.ok
      ? { ...answer, samples: answer.samples.filter(({ labels }) => labels.evenkeel_part === undefined) }
      : answer;
    expect(await latencyOf(withoutTime)).toMatchObject({ status: 'stale' });
  });

  it('is stale when a rate still computes from the last samples of a service that no scrape reaches', async () => {
    const dead = { labels: { ...warehouse, instance: 'a:1' }, up: 0 };
    expect(await latencyOf(signals([{}], [dead]))).toMatchObject({
      status: 'stale',
      because: 'no scrape of {job="warehouse"} succeeds',
    });
    const alive = { labels: { ...warehouse, instance: 'b:1' }, up: 1 };
    expect(await latencyOf(signals([{}], [dead, alive]))).toMatchObject({ status: 'ok' });
  });

  it("depends on the source a fact names, where the target's labels are no scrape's", async () => {
    const rule = buildRule({
      target: { by: ['site'], match: {} },
      facts: { latency: { signal: 'api_latency_p95_seconds', source: { job: 'evenkeel-exporter' } } },
    });
    const recorded = [{ labels: { site: 'leeds' } }];
    const dead = { labels: { job: 'evenkeel-exporter', instance: 'a:1' }, up: 0 };
    expect(await latencyOf(signals(recorded, [dead]), rule)).toMatchObject({ status: 'stale' });
    expect(await latencyOf(signals(recorded, [{ ...dead, up: 1 }]), rule)).toMatchObject({ status: 'ok' });
  });

  it('is missing when the value is no number', async () => {
    expect(await latencyOf(signals([{ value: 'NaN' }]))).toMatchObject({
      status: 'missing',
      because: 'the value is NaN',
    });
  });

  it('is an error when two series claim to be the one', async () => {
    const twice = [{ labels: { ...warehouse, zone: 'a' } }, { labels: { ...warehouse, zone: 'b' } }];
    expect(await latencyOf(signals(twice))).toMatchObject({ status: 'error' });
  });

  it('is missing for a target that the rule pins down, even when nothing is recorded at all', async () => {
    expect(await latencyOf(signals([]))).toMatchObject({ status: 'missing' });
  });

  it('is an error with the reason when Prometheus cannot be read', async () => {
    const latency = await latencyOf({ ok: false, fault: 'down', because: 'connection refused' });
    expect(latency).toEqual({ status: 'error', because: 'connection refused' });
  });

  it('is stale when the whole answer is old, as behind a cache, or from a clock that differs', async () => {
    const answer = signals([{}]);
    const causes = [];
    for (const [sent, received] of [
      [-40, -35],
      [35, 40],
      [-5, 35],
    ]) {
      const times = { sentAtMs: T0 + sent! * 1_000, receivedAtMs: T0 + received! * 1_000 };
      const fact = await latencyOf(answer.ok ? { ...answer, ...times } : answer);
      causes.push(fact?.status === 'stale' ? fact.because : fact?.status);
    }
    expect(causes).toEqual([
      "Prometheus' clock is ahead of the agent's",
      "Prometheus' clock is behind the agent's, or its answer is old",
      'the answer took too long',
    ]);
  });

  it('is stale when it was recorded in the future, by a clock that is ahead', async () => {
    expect(await latencyOf(signals([{ ageMs: -31_000 }]))).toMatchObject({
      status: 'stale',
      because: 'recorded in the future: clocks differ',
    });
    expect(await latencyOf(signals([{ ageMs: -5_000 }]))).toMatchObject({ status: 'ok' });
  });
});

describe('the targets of a rule', () => {
  it('are the label sets in the data that fit its match', async () => {
    const recorded = ['warehouse', 'shop', 'test'].map((job) => ({
      labels: { job, tier: job === 'test' ? 'b' : 'a' },
    }));
    const { targets } = await read(signals(recorded), [
      buildRule({ target: { by: ['job'], match: { tier: 'a' } } }),
    ]);
    expect(targets.map(({ target }) => target)).toEqual([{ job: 'warehouse' }, { job: 'shop' }]);
  });

  it('stay, as missing, when their series are gone', async () => {
    const { targets } = await read(
      signals([]),
      [buildRule()],
      new Map([['slow-api', [{ target: warehouse, targetKey: targetKey(warehouse) }]]]),
    );
    expect(targets[0]?.facts.latency).toMatchObject({ status: 'missing' });
  });

  it('have every fact of the rule, the missing ones as missing', async () => {
    const rule = buildRule({
      facts: { latency: { signal: 'api_latency_p95_seconds' }, errors: { signal: 'api_error_ratio' } },
    });
    const { targets } = await read(signals([{}]), [rule]);
    expect(targets[0]?.facts).toMatchObject({ latency: { status: 'ok' }, errors: { status: 'missing' } });
  });
});

describe('the queries of a cycle', () => {
  it('are one for all signals and one for each distinct PromQL; rules that are off ask nothing', async () => {
    const asking = (name: string, promql: string, mode: Rule['mode'] = 'auto') =>
      buildRule({ name, mode, facts: { latency: { promql } } });
    const rules = [
      asking('a', 'sum(x)'),
      asking('b', 'sum(x)'),
      asking('c', 'sum(y)'),
      asking('d', 'sum(z)', 'off'),
    ];
    const prometheus = prometheusWith({ [SIGNAL_QUERY]: signals([]) });
    await readFacts({ rules, prometheus, maxAgeMs: MAX_AGE_MS, known: new Map(), nowMs: T0 });
    expect(prometheus.asked.sort()).toEqual([SIGNAL_QUERY, 'sum(x)', 'sum(y)'].sort());
  });

  it('fail alone: a PromQL that fails does not touch the signals', async () => {
    const rule = buildRule({
      target: { by: ['job'], match: warehouse },
      facts: { latency: { signal: 'api_latency_p95_seconds' }, queue: { promql: 'sum(x)' } },
    });
    const prometheus = prometheusWith({
      [SIGNAL_QUERY]: signals([{}]),
      'sum(x)': { ok: false, fault: 'down', because: 'no answer within 5000 ms' },
    });
    const { targets } = await readFacts({
      rules: [rule],
      prometheus,
      maxAgeMs: MAX_AGE_MS,
      known: new Map(),
      nowMs: T0,
    });
    expect(targets[0]?.facts).toMatchObject({
      latency: { status: 'ok' },
      queue: { status: 'error', because: 'no answer within 5000 ms' },
    });
  });
});

describe('observing a signal', () => {
  it('finds the one series of the target, or says why not', async () => {
    const facts = await read(signals([{ value: 2 }, { labels: { job: 'shop' }, value: 7 }]));
    const look = (target: Record<string, string>) =>
      observeSignal(facts.signals, { signal: 'api_latency_p95_seconds', target, maxAgeMs: MAX_AGE_MS });
    expect(look({ job: 'shop' })).toMatchObject({ status: 'ok', value: 7 });
    expect(look({ job: 'none' })).toMatchObject({ status: 'missing' });
  });
});

describe('the query for some signals', () => {
  it('asks for the distances from normal of those alone that a rule reads as such', () => {
    const reading = (signal: string, reading?: 'zscore') =>
      buildRule({ facts: { latency: { signal, ...(reading !== undefined && { reading }) } } });
    const one = signalQueryFor([reading('a'), reading('b', 'zscore'), reading('b', 'zscore')]);
    expect(one).toContain('label_replace(evenkeel:baseline:zscore{signal=~"b"}, ');
    expect(one).toContain('label_replace(evenkeel:baseline:ready, ');
    expect(signalQueryFor([reading('a')])).not.toContain('zscore');
    for (const query of [one, signalQueryFor([]), SIGNAL_QUERY]) {
      expect(isSignalQuery(query)).toBe(true);
    }
    expect(isSignalQuery('evenkeel:signal:value')).toBe(false);
  });
});
