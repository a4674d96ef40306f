import { freePort } from '@evenkeel/toolkit/testing';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Child, findProgram, waitUntilReady } from '@evenkeel/runtime';
import {
  boundRules,
  type Confidence,
  levelRule,
  scoreDomain,
  scoreRules,
  scoreTotal,
  type Signal,
  utilityOf,
  wilsonBound,
} from '@evenkeel/signals';
import { stringify } from 'yaml';
import { eventually } from '../end-to-end/started-system.ts';

const TIMING = {
  interval: '1s',
  window: '5s',
  businessWindow: '5s',
  for: '1s',
  keepFiringFor: '1s',
  baseline: '1d',
  longWindow: '5s',
  trend: '1m',
  horizon: '1m',
};
const WEIGHTS = { sound: 5, sick: 2, patchy: 3, blind: 1, banded: 2, plain: 1 };

/** One domain a situation; `values` are those of its targets, none for a signal that is missing. */
const SITUATIONS: { domain: keyof typeof WEIGHTS; signals: (Partial<Signal> & { values: number[] })[] }[] = [
  {
    domain: 'sound',
    signals: [
      { name: 'latency', values: [0.31, 0.74], score: { good: 0.5, poor: 2, weight: 3 } },
      { name: 'fill', direction: 'higher', values: [0.971], score: { good: 0.98, poor: 0.9, weight: 2 } },
      { name: 'errors', values: [0.0021], score: { good: 0.005, poor: 0.05, weight: 3, critical: true } },
    ],
  },
  {
    domain: 'sick',
    signals: [
      { name: 'load', values: [0], score: { good: 1, poor: 3, weight: 9 } },
      { name: 'disk', values: [0.97], score: { good: 0.7, poor: 0.95, weight: 1, critical: true } },
    ],
  },
  {
    domain: 'patchy',
    signals: [
      { name: 'cpu', values: [0.66], score: { good: 0.6, poor: 0.9, weight: 9 } },
      { name: 'swap', values: [], score: { good: 0.1, poor: 0.5, weight: 1 } },
    ],
  },
  {
    domain: 'blind',
    signals: [
      { name: 'queue', values: [12], score: { good: 10, poor: 100, weight: 9 } },
      { name: 'probe', values: [], score: { good: 0.01, poor: 0.1, weight: 1, critical: true } },
    ],
  },
  {
    domain: 'banded',
    signals: [
      {
        name: 'cover',
        direction: 'band',
        values: [21, 9.5, 70],
        score: { good: [14, 42], poor: [7, 91], weight: 2 },
      },
      {
        name: 'bias',
        direction: 'band',
        values: [0.11],
        score: { good: [-0.05, 0.05], poor: [-0.25, 0.3], weight: 1 },
      },
      {
        name: 'bias_low',
        direction: 'band',
        values: [-0.31],
        score: { good: [-0.05, 0.05], poor: [-0.25, 0.3], weight: 1 },
      },
      {
        name: 'centred',
        direction: 'band',
        values: [28],
        score: { good: [14, 42], poor: [7, 91], weight: 1, critical: true },
      },
    ],
  },
  { domain: 'plain', signals: [{ name: 'idle', values: [3], score: { good: 2, poor: 8, weight: 1 } }] },
];

const SIGNALS = SITUATIONS.flatMap(({ domain, signals }) =>
  signals.map((signal) => ({
    title: '',
    description: '',
    domain,
    unit: 'ratio',
    direction: 'lower',
    by: ['site'],
    promql: '',
    ...signal,
  })),
) as (Signal & { values: number[] })[];

/** Ratios with samples of all sizes; rates are extrapolated, so that a share may lie beyond 0 and 1. */
const SAMPLES: { share: number; size: number; confidence: Confidence }[] = [
  { share: 0.5, size: 2, confidence: 0.95 },
  { share: 0, size: 0.4, confidence: 0.8 },
  { share: 1, size: 1, confidence: 0.99 },
  { share: 1.02, size: 37.5, confidence: 0.9 },
  { share: -0.01, size: 12, confidence: 0.95 },
  { share: 0.0213, size: 8_741, confidence: 0.99 },
];
const RATIOS: Signal[] = SAMPLES.map(({ confidence }, index) => ({
  name: `ratio_${index}`,
  title: '',
  description: '',
  domain: 'ratios',
  unit: 'ratio',
  direction: 'higher',
  by: ['site'],
  ratio: { part: '', whole: '', confidence },
}));

/** What the formulas in TypeScript say. */
const EXPECTED = new Map(
  SITUATIONS.map(({ domain }) => {
    const components = SIGNALS.filter((signal) => signal.domain === domain).map(
      ({ name, direction, values, score }) => {
        const utilities = values.map((value) => utilityOf({ direction, score: score! }, value));
        return {
          name,
          weight: score!.weight,
          critical: score!.critical === true,
          utility: utilities.length === 0 ? undefined : Math.min(...utilities),
        };
      },
    );
    return [domain, scoreDomain(components)] as const;
  }),
);

type Samples = { metric: Record<string, string>; value: [number, string] }[];

describe('the rules that score, evaluated by a real Prometheus', () => {
  const exposition = createServer((_request, response) => {
    const lines = SIGNALS.flatMap(({ name, domain, values }) =>
      values.map(
        (value, site) => `evenkeel:signal:value{signal="${name}",domain="${domain}",site="${site}"} ${value}`,
      ),
    );
    for (const [index, { share, size }] of SAMPLES.entries()) {
      const labels = `{signal="ratio_${index}",domain="ratios",site="0"}`;
      lines.push(`evenkeel:signal:value${labels} ${share}`, `evenkeel:signal:samples${labels} ${size}`);
    }
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(`${lines.join('\n')}\n`);
  });
  let prometheus: Child;
  let samples: Samples;

  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'evenkeel-scores-'));
    const [target, port] = [await freePort(), await freePort()];
    exposition.listen(target, '127.0.0.1');
    writeFileSync(
      join(directory, 'rules.yml'),
      stringify({
        groups: [
          {
            name: 'scores',
            interval: '1s',
            rules: [levelRule(TIMING), ...boundRules(RATIOS), ...scoreRules(SIGNALS, WEIGHTS)],
          },
        ],
      }),
    );
    writeFileSync(
      join(directory, 'prometheus.yml'),
      stringify({
        global: { scrape_interval: '1s', evaluation_interval: '1s' },
        rule_files: [join(directory, 'rules.yml')],
        scrape_configs: [{ job_name: 'signals', static_configs: [{ targets: [`127.0.0.1:${target}`] }] }],
      }),
    );
    const { path, workingDirectory } = await findProgram('prometheus');
    prometheus = new Child({
      name: 'prometheus',
      command: path,
      args: [
        `--config.file=${join(directory, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      ...(workingDirectory === undefined ? {} : { workingDirectory }),
      logFile: join(directory, 'prometheus.log'),
    });
    await waitUntilReady(prometheus, `http://127.0.0.1:${port}/-/ready`, 20_000);
    samples = await eventually(30_000, async () => {
      const query = encodeURIComponent('{__name__=~"evenkeel:score:.*|evenkeel:signal:bound"}');
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${query}`);
      const { data } = (await response.json()) as { data: { result: Samples } };
      return data.result.some(({ metric }) => metric.__name__ === 'evenkeel:score:total')
        ? data.result
        : undefined;
    });
  }, 60_000);
  afterAll(async () => {
    await prometheus.stop();
    exposition.close();
  });

  const value = (name: string, labels: Record<string, string> = {}) => {
    const found = samples.filter(
      ({ metric }) =>
        metric.__name__ === `evenkeel:score:${name}` &&
        Object.entries(labels).every(([label, text]) => metric[label] === text),
    );
    expect(found.length).toBeLessThanOrEqual(1);
    return found[0] === undefined ? undefined : Number(found[0].value[1]);
  };

  it.each([...EXPECTED].filter(([, { status }]) => status === 'scored'))(
    'gives %s the score and the losses of the formulas in TypeScript',
    (domain, expected) => {
      if (expected.status !== 'scored') throw new Error('not scored');
      const { score, losses, coverage } = expected;
      expect(value('domain', { domain })).toBeCloseTo(score, 9);
      expect(value('coverage', { domain })).toBeCloseTo(coverage, 9);
      expect(value('critical_loss', { domain }) ?? 0).toBeCloseTo(losses.critical, 9);
      expect(value('cap_loss', { domain })).toBeCloseTo(losses.cap, 9);
      for (const [signal, points] of Object.entries(losses.components)) {
        expect(value('loss', { domain, signal })).toBeCloseTo(points, 9);
      }
    },
  );

  it.each([...EXPECTED].filter(([, { status }]) => status === 'scored'))(
    'loses exactly what %s does not have',
    (domain) => {
      const lost = samples
        .filter(
          ({ metric }) =>
            /^evenkeel:score:(loss|critical_loss|cap_loss)$/.test(metric.__name__ ?? '') &&
            metric.domain === domain,
        )
        .reduce((sum, { value: [, points] }) => sum + Number(points), 0);
      expect(lost).toBeCloseTo(100 - value('domain', { domain })!, 9);
    },
  );

  it('gives what a sample proves by the formula in TypeScript', () => {
    for (const [index, { confidence, ...sample }] of SAMPLES.entries()) {
      for (const bound of ['low', 'high'] as const) {
        const found = samples.filter(
          ({ metric }) => metric.signal === `ratio_${index}` && metric.bound === bound,
        );
        expect(found).toHaveLength(1);
        expect(Number(found[0]!.value[1])).toBeCloseTo(wilsonBound(sample, confidence, bound), 9);
      }
    }
  });

  it('withholds the score of a domain whose critical signal is missing, and gives its interval', () => {
    const expected = EXPECTED.get('blind');
    if (expected?.status !== 'withheld') throw new Error('scored');
    expect(value('domain', { domain: 'blind' })).toBeUndefined();
    expect(value('bound', { domain: 'blind', bound: 'low' })).toBeCloseTo(expected.interval[0], 9);
    expect(value('bound', { domain: 'blind', bound: 'high' })).toBeCloseTo(expected.interval[1], 9);
  });

  it('gives the weighted mean of the domains that are known as the total', () => {
    const known = [...EXPECTED].flatMap(([domain, result]) =>
      result.status === 'scored' ? [{ score: result.score, weight: WEIGHTS[domain] }] : [],
    );
    expect(value('total')).toBeCloseTo(scoreTotal(known), 9);
  });
});
