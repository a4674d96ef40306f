import { freePort } from '@evenkeel/toolkit/testing';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Child, findProgram, waitUntilReady } from '@evenkeel/runtime';
import { levelRule, scoreDomain, scoreRules, scoreTotal, type Signal, utilityOf } from '@evenkeel/signals';
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
const WEIGHTS = { sound: 5, sick: 2, patchy: 3, blind: 1, plain: 1 };

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
          { name: 'scores', interval: '1s', rules: [levelRule(TIMING), ...scoreRules(SIGNALS, WEIGHTS)] },
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
      const query = encodeURIComponent('{__name__=~"evenkeel:score:.*"}');
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
