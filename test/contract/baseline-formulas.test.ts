import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Child, findPart, findProgram, waitUntilReady } from '@evenkeel/runtime';
import {
  Baseline,
  type BaselineReading,
  baselineRules,
  levelRule,
  type RecordingRule,
  type Signal,
} from '@evenkeel/signals';
import { freePort } from '@evenkeel/toolkit/testing';
import { normal, seeded } from '../bench/suites/baselines/random.ts';

// No range is a multiple of the interval: whether a point on its edge belongs to it depends on Prometheus' version.
const TIMING = {
  interval: '10m',
  window: '27m',
  businessWindow: '1h',
  longWindow: '1d',
  for: '5m',
  keepFiringFor: '5m',
  baseline: '1435m',
  trend: '6h',
  horizon: '6h',
};
const POINT_SECONDS = 600;
const DAY_POINTS = 144;
const SHAPE = { windowPoints: 3, rangePoints: DAY_POINTS, dayPoints: DAY_POINTS };
const POINTS = 23 * DAY_POINTS;
/** A Monday. */
const START_SECONDS = Date.UTC(2026, 0, 5) / 1000;

const weekend = (point: number) => Math.floor(point / DAY_POINTS) % 7 >= 5;
const wave = (point: number) => Math.sin((2 * Math.PI * point) / DAY_POINTS);
const inGap = (point: number) => point > 20 * DAY_POINTS && point < 20 * DAY_POINTS + 20;

/** One signal for each way that a baseline can go. */
const SERIES: {
  name: string;
  floor?: number;
  value: (point: number, noise: number) => number | undefined;
}[] = [
  { name: 'plain', floor: 0.01, value: (_point, noise) => 100 + 10 * noise },
  { name: 'gaps', floor: 0.01, value: (point, noise) => (inGap(point) ? undefined : 50 + 5 * noise) },
  { name: 'daily', floor: 0.01, value: (point, noise) => 100 + 30 * wave(point) + 2 * noise },
  {
    name: 'weekly',
    floor: 0.01,
    value: (point, noise) => (weekend(point) ? 60 : 100) * (1 + 0.3 * wave(point)) + 2 * noise,
  },
  { name: 'still', floor: 0.5, value: () => 3 },
  { name: 'small', value: (_point, noise) => 1e-4 * noise },
];
const SIGNALS = SERIES.map(({ name, floor }) => ({
  name,
  floor,
  title: name,
  description: name,
  domain: 'api',
  unit: 'x',
  direction: 'band',
  by: ['job'],
  promql: name,
})) as Signal[];

/** Points at which the rules are evaluated: learning, with daily references, in and after a gap, at weekends, at the end. */
const LOOKS = [
  40,
  DAY_POINTS + 3,
  4 * DAY_POINTS + 7,
  11 * DAY_POINTS + 100,
  18 * DAY_POINTS + 30,
  20 * DAY_POINTS + 10,
  20 * DAY_POINTS + 21,
  POINTS - 1,
];

interface Point {
  signal: string;
  point: number;
  value: number | undefined;
  reading: BaselineReading | undefined;
}

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const HISTORY: Point[] = SERIES.flatMap(({ name, floor = 0.001, value }, seed) => {
  const random = seeded(seed + 1);
  const baseline = new Baseline({ ...SHAPE, floor });
  return Array.from({ length: POINTS }, (_, point) => {
    const noisy = value(point, normal(random));
    return { signal: name, point, value: noisy, reading: baseline.next(noisy) };
  });
});

/** What the formulas in TypeScript say is recorded at a point. */
function samplesOf({ signal, value, reading }: Point): Sample[] {
  const floor = SERIES.find(({ name }) => name === signal)!.floor ?? 0.001;
  const samples: Sample[] = [{ name: 'evenkeel:baseline:floor', labels: { signal }, value: floor }];
  const add = (name: string, number: number | undefined, labels: Record<string, string> = {}) => {
    if (number !== undefined)
      samples.push({ name, labels: { signal, job: 'shop', ...labels }, value: number });
  };
  add('evenkeel:signal:value', value);
  if (reading === undefined) return samples;
  add('evenkeel:signal:level', reading.level);
  for (const [reference, one] of Object.entries(reading.references)) {
    const { deviation, shift, scale, width, zscore, learned } = one;
    add('evenkeel:reference:deviation', deviation, { reference });
    add('evenkeel:reference:shift', shift, { reference });
    add('evenkeel:reference:scale', scale, { reference });
    add('evenkeel:reference:zscore', zscore, { reference });
    const hasWidth = reference === 'day' || (reference !== 'before' && learned);
    add('evenkeel:reference:width', hasWidth ? width : undefined, { reference });
  }
  for (const reference of reading.candidates)
    add('evenkeel:reference:candidate', reading.references[reference]!.width, { reference });
  add('evenkeel:reference:closest', reading.zscore, { reference: reading.closest });
  add('evenkeel:baseline:center', reading.center);
  add('evenkeel:baseline:scale', reading.scale);
  add('evenkeel:baseline:zscore', reading.zscore);
  add('evenkeel:baseline:jump', reading.jump);
  add('evenkeel:baseline:ready', reading.ready ? 1 : 0);
  return samples;
}

const key = (labels: Record<string, string>) => `${labels.signal ?? ''} ${labels.reference ?? ''}`.trim();
const timeOf = (point: number) => START_SECONDS + point * POINT_SECONDS;

/** Values, levels and deviations at each point, since ranges reach back to them; all else only where it is looked at. */
function openMetrics(): string {
  const families = new Map<string, string[]>();
  for (const point of HISTORY) {
    for (const { name, labels, value } of samplesOf(point)) {
      const reachedBackTo = /:(value|level|deviation)$/.test(name);
      if (!reachedBackTo && !LOOKS.includes(point.point)) continue;
      const text = Object.entries(labels).map(([label, one]) => `${label}="${one}"`);
      const lines = families.get(name) ?? [`# TYPE ${name} gauge`];
      lines.push(`${name}{${text.join(',')}} ${value} ${timeOf(point.point)}`);
      families.set(name, lines);
    }
  }
  return `${[...families.values()].flat().join('\n')}\n# EOF\n`;
}

describe('the rules of a baseline, evaluated by a real Prometheus on three weeks', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-baseline-'));
  let prometheus: Child | undefined;
  let url: string;

  beforeAll(async () => {
    const data = join(directory, 'data');
    mkdirSync(data);
    writeFileSync(join(directory, 'history.txt'), openMetrics());
    const made = spawnSync(
      await findPart('promtool'),
      [
        'tsdb',
        'create-blocks-from',
        'openmetrics',
        '--max-block-duration=1000h',
        join(directory, 'history.txt'),
        data,
      ],
      { encoding: 'utf8' },
    );
    expect({ status: made.status, said: made.stderr }).toEqual({ status: 0, said: '' });
    writeFileSync(join(directory, 'prometheus.yml'), '{}');
    const { path, workingDirectory } = await findProgram('prometheus');
    url = `http://127.0.0.1:${await freePort()}`;
    prometheus = new Child({
      name: 'prometheus',
      command: path,
      args: [
        `--config.file=${join(directory, 'prometheus.yml')}`,
        `--storage.tsdb.path=${data}`,
        '--storage.tsdb.retention.time=100y',
        `--web.listen-address=${url.slice('http://'.length)}`,
      ],
      ...(workingDirectory === undefined ? {} : { workingDirectory }),
      logFile: join(directory, 'prometheus.log'),
    });
    await waitUntilReady(prometheus, `${url}/-/ready`, 60_000);
  }, 120_000);
  afterAll(async () => {
    await prometheus?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const evaluate = async ({ expr, labels = {} }: RecordingRule, point: number) => {
    const response = await fetch(`${url}/api/v1/query`, {
      method: 'POST',
      body: new URLSearchParams({ query: expr, time: String(timeOf(point)) }),
    });
    const answer = (await response.json()) as {
      error?: string;
      data?: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    if (answer.data === undefined) throw new Error(answer.error);
    return new Map(
      answer.data.result.map(({ metric, value }) => [key({ ...metric, ...labels }), Number(value[1])]),
    );
  };

  const expected = ({ record, labels }: RecordingRule, point: number) =>
    new Map(
      HISTORY.filter((one) => one.point === point)
        .flatMap(samplesOf)
        .filter(
          ({ name, labels: own }) =>
            name === record && labels?.reference === (labels?.reference && own.reference),
        )
        .map(({ labels: own, value }) => [key(own), value]),
    );

  const rules = [levelRule(TIMING), ...baselineRules(SIGNALS, TIMING)]
    // What the signals' file sets is no formula.
    .filter(({ expr }) => !expr.startsWith('vector('))
    .map((rule) => ({ ...rule, what: `${rule.record} ${rule.labels?.reference ?? ''}`.trim() }));

  it.each(rules)('give $what as the formulas in TypeScript do, to nine digits', async (rule) => {
    for (const point of LOOKS) {
      const [ours, theirs] = [expected(rule, point), await evaluate(rule, point)];
      expect({ point, who: [...theirs.keys()].sort() }).toEqual({ point, who: [...ours.keys()].sort() });
      for (const [who, value] of ours) {
        const error = Math.abs(theirs.get(who)! - value) / Math.max(1, Math.abs(value));
        expect({ point, who, close: error < 1e-9 }).toEqual({ point, who, close: true });
      }
    }
  });

  it('are looked at where each kind of reference speaks', () => {
    const spoke = HISTORY.filter(({ point }) => LOOKS.includes(point)).map(({ reading }) => reading?.closest);
    expect([...new Set(spoke)].sort()).toEqual(['daily', 'day', 'weekly', undefined]);
  });
});
