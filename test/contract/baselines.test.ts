import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { findPart } from '@evenkeel/runtime';
import {
  Baseline,
  baselineRules,
  DeviationAlert,
  deviationAlert,
  levelRule,
  recordingRule,
  type Signal,
} from '@evenkeel/signals';
import { stringify } from 'yaml';

const MINUTES_PER_POINT = 4;
const POINTS_PER_HOUR = 60 / MINUTES_PER_POINT;
const TIMING = {
  interval: '4m',
  window: '10m',
  businessWindow: '1h',
  for: '10m',
  keepFiringFor: '0s',
  baseline: '1d',
  longWindow: '1w',
  trend: '6h',
  horizon: '6h',
};
const NORMAL = 20;
const NOISE = 0.03;

const signal = (name: string, direction: Signal['direction'], promql: string): Signal => ({
  name,
  direction,
  promql,
  title: name,
  description: name,
  domain: 'api',
  unit: 'x',
  by: ['job'],
});
const SIGNALS = [
  signal('slower', 'lower', 'slower_raw'),
  signal('busier', 'higher', 'busier_raw'),
  signal('counted', 'higher', 'sum by (job) (rate(requests_total[40m]))'),
];

/** The same noise in every run: a linear congruential generator, three uniform numbers added. */
function noise(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return () => (uniform() + uniform() + uniform() - 1.5) * 2;
}

/** Values of a signal over hours: `factor` says how far from normal it is at an hour, undefined that there is no point. */
function series(hours: number, factor: (hour: number) => number | undefined): string {
  const next = noise(7);
  return Array.from({ length: hours * POINTS_PER_HOUR }, (_, index) => {
    const level = factor(index / POINTS_PER_HOUR);
    const jitter = 1 + NOISE * next();
    return level === undefined ? '_' : (NORMAL * level * jitter).toFixed(3);
  }).join(' ');
}

/** Requests counted at a steady pace, from zero again after a restart at hour 26; ten points are in a rate. */
function countedThroughRestart(hours: number): string {
  return Array.from({ length: hours * POINTS_PER_HOUR }, (_, index) => {
    const since = index < 26 * POINTS_PER_HOUR ? index : index - 26 * POINTS_PER_HOUR;
    return String(since * 600);
  }).join(' ');
}

const after = (hour: number, factor: number) => (now: number) => (now >= hour ? factor : 1);

interface Case {
  name: string;
  input: string;
  values: string;
  /** Hour -> whether the deviation is firing then. */
  firing: Record<number, boolean>;
}

const CASES: Case[] = [
  {
    name: 'no change',
    input: 'slower_raw',
    values: series(36, () => 1),
    firing: { 25: false, 30: false, 36: false },
  },
  {
    name: 'a step of +15 %',
    input: 'slower_raw',
    values: series(27, after(26, 1.15)),
    firing: { 25.9: false, 26.6: true },
  },
  {
    name: 'a step of +45 %',
    input: 'slower_raw',
    values: series(27, after(26, 1.45)),
    firing: { 25.9: false, 26.5: true },
  },
  {
    name: 'a step of -15 %',
    input: 'busier_raw',
    values: series(27, after(26, 0.85)),
    firing: { 25.9: false, 26.6: true },
  },
  {
    name: 'a step of -45 %',
    input: 'busier_raw',
    values: series(27, after(26, 0.55)),
    firing: { 25.9: false, 26.5: true },
  },
  { name: 'a drop to zero', input: 'busier_raw', values: series(27, after(26, 0)), firing: { 26.5: true } },
  {
    name: 'a step to the good side',
    input: 'busier_raw',
    values: series(27, after(26, 1.45)),
    firing: { 26.5: false },
  },
  {
    name: 'a spike of one sample',
    input: 'slower_raw',
    values: series(27, (hour) => (Math.abs(hour - 26) < 0.01 ? 3 : 1)),
    firing: { 26.05: false, 26.1: false, 26.2: false, 26.9: false },
  },
  {
    name: 'a slow drift of 10 % a day',
    input: 'slower_raw',
    values: series(48, (hour) => 1 + (0.1 * hour) / 24),
    firing: { 26: false, 36: false, 48: false },
  },
  {
    name: 'a daily season of 30 %',
    input: 'slower_raw',
    values: series(48, (hour) => 1 + 0.3 * Math.sin((2 * Math.PI * hour) / 24)),
    firing: { 30: false, 36: false, 42: false, 48: false },
  },
  {
    name: 'six bad hours, and a step eight hours later',
    input: 'slower_raw',
    values: series(42, (hour) => ((hour >= 26 && hour < 32) || hour >= 40 ? 1.45 : 1)),
    firing: { 27: true, 33: false, 39: false, 40.5: true },
  },
  {
    name: 'gaps of an eighth of the day',
    input: 'slower_raw',
    values: series(27, (hour) => (hour > 10 && hour < 13 ? undefined : after(26, 1.45)(hour))),
    firing: { 25.9: false, 26.5: true },
  },
  {
    name: 'gaps of a third of the day, which is not enough to know',
    input: 'slower_raw',
    values: series(27, (hour) => (hour > 10 && hour < 18 ? undefined : after(26, 1.45)(hour))),
    firing: { 26.5: false },
  },
  {
    name: 'a series that ends while it fires',
    input: 'slower_raw',
    values: series(28, (hour) => (hour >= 27 ? undefined : after(26, 1.45)(hour))),
    firing: { 26.5: true, 27.5: false },
  },
  {
    name: 'a step while it is still learning',
    input: 'slower_raw',
    values: series(8, after(6, 1.45)),
    firing: { 7: false, 8: false },
  },
  {
    name: 'a counter that starts again',
    input: 'requests_total',
    values: countedThroughRestart(27),
    firing: { 25.9: false, 26.2: false, 26.9: false },
  },
];

const FIRING = 'count(ALERTS{alertname="EvenkeelBaselineDeviation", alertstate="firing"}) or vector(0)';

describe('baselines, by promtool', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-baselines-'));
  let promtool: string;

  beforeAll(async () => {
    promtool = await findPart('promtool');
    const rules = [
      ...SIGNALS.map((one) => recordingRule(one, TIMING)),
      levelRule(TIMING),
      ...baselineRules(SIGNALS, TIMING),
      deviationAlert(SIGNALS, { timing: TIMING, links: { runbooks: '', dashboards: '' } }),
    ];
    writeFileSync(
      join(directory, 'rules.yml'),
      stringify({ groups: [{ name: 'all', interval: '4m', rules }] }),
    );
  });

  it.each(CASES)('$name', ({ name, input, values, firing }) => {
    const file = join(directory, `${name.replaceAll(/[^a-z0-9]+/g, '-')}.yml`);
    const test = {
      interval: '4m',
      input_series: [{ series: `${input}{job="shop"}`, values }],
      promql_expr_test: Object.entries(firing).map(([hour, fires]) => ({
        expr: FIRING,
        eval_time: `${Math.round((Number(hour) * 60) / MINUTES_PER_POINT) * MINUTES_PER_POINT}m`,
        exp_samples: [{ labels: '{}', value: fires ? 1 : 0 }],
      })),
    };
    writeFileSync(
      file,
      stringify({ rule_files: ['rules.yml'], evaluation_interval: '4m', tests: [test] }, { lineWidth: 0 }),
    );
    const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', file], { encoding: 'utf8' });
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  });
});

/** One window holds the points of now, four and eight minutes ago; ten minutes are passed at the third point. */
const SHAPE = {
  windowPoints: 3,
  rangePoints: 24 * POINTS_PER_HOUR,
  dayPoints: 24 * POINTS_PER_HOUR,
  floor: 0.001,
};
const ALERT = { forPoints: 3, keepFiringPoints: 0 };

describe('baselines, by the formulas in TypeScript', () => {
  it.each(CASES.filter(({ input }) => input !== 'requests_total'))('$name', ({ input, values, firing }) => {
    const baseline = new Baseline(SHAPE);
    const { direction } = SIGNALS.find(({ promql }) => promql === input)!;
    const alert = new DeviationAlert({ direction, ...ALERT });
    const states = values
      .split(' ')
      .map((value) => alert.next(baseline.next(value === '_' ? undefined : Number(value))));
    for (const [hour, fires] of Object.entries(firing)) {
      const state = states[Math.round(Number(hour) * POINTS_PER_HOUR)];
      expect({ hour, fires: state === 'firing' }).toEqual({ hour, fires });
    }
  });
});
