import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadSignalsFile } from '@evenkeel/provisioning';
import { findPart } from '@evenkeel/runtime';
import { freePort } from '@evenkeel/toolkit/testing';
import { stringify } from 'yaml';
import type { Measurement, Suite } from '../../measurement.ts';
import { cpuSeconds, startServer } from '../../processes.ts';
import { writeHistory } from './history.ts';
import { lineOf, populate, type Simulated } from './population.ts';

const SUITE = 'rules';
const PROVISIONING = join(import.meta.dirname, '../../../../provisioning');
const RULES = join(PROVISIONING, 'prometheus/rules/production.yml');
const POPULATION = { sites: 10, services: 20 };
const MOST_OF_A_CORE = 0.2;
/** Until rates have their points, and every rule has been evaluated. */
const WARM_UP_MS = 60_000;
/** One evaluation of the slowest group, four of the baselines, sixteen of all else. */
const WATCHED_MS = 240_000;

export const rulesSuite: Suite = {
  name: SUITE,
  about: `what the production rules cost Prometheus, for ${POPULATION.sites} sites of ${POPULATION.services} services`,
  async run() {
    const directory = mkdtempSync(join(tmpdir(), 'evenkeel-rules-'));
    const population = populate(POPULATION);
    const exposition = await expose(population);
    try {
      const history = await backfill(directory, population);
      const without = await watch({ directory: join(directory, 'without'), ...exposition, rules: [] });
      const withRules = await watch({ directory: history, ...exposition, rules: [RULES] });
      return report(without, withRules);
    } finally {
      exposition.server.close();
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

interface Watched {
  coreShare: number;
  groups: { name: string; seconds: number }[];
  evaluations: { done: number; missed: number };
}

function report(without: Watched, withRules: Watched): Measurement[] {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const share = round(withRules.coreShare - without.coreShare);
  return [
    {
      suite: SUITE,
      name: 'evaluation_cpu',
      value: share,
      unit: 'cores',
      goal: MOST_OF_A_CORE,
      ok: share <= MOST_OF_A_CORE,
      of: 'a Prometheus with the rules less one without, the same scrapes',
    },
    {
      suite: SUITE,
      name: 'scrape_cpu',
      value: round(without.coreShare),
      unit: 'cores',
      goal: null,
      ok: true,
      of: 'the one without rules',
    },
    {
      suite: SUITE,
      name: 'evaluations_missed',
      value: withRules.evaluations.missed,
      unit: 'evaluations',
      goal: 0,
      ok: withRules.evaluations.missed === 0,
      of: `evaluations of groups that were left out, beside ${withRules.evaluations.done} that were done`,
    },
    ...withRules.groups.map(({ name, seconds }) => ({
      suite: SUITE,
      name: `evaluation/${name}`,
      value: round(seconds),
      unit: 'seconds',
      goal: null,
      ok: true,
      of: 'wall time of one evaluation of the group',
    })),
  ];
}

async function expose(population: readonly Simulated[]): Promise<{ server: Server; target: string }> {
  const startedMs = performance.now();
  const server = createServer((_request, response) => {
    const seconds = 1e5 + (performance.now() - startedMs) / 1000;
    const lines = population.map((series) => lineOf(series, seconds, Math.random()));
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(`${lines.join('\n')}\n`);
  });
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  return { server, target: `127.0.0.1:${port}` };
}

/** A data directory with a full day behind it. */
async function backfill(directory: string, population: readonly Simulated[]): Promise<string> {
  const signals = loadSignalsFile(join(PROVISIONING, 'signals.yml'));
  if (!signals.ok) throw new Error(signals.text);
  const data = join(directory, 'with', 'data');
  mkdirSync(data, { recursive: true });
  const file = join(directory, 'history.txt');
  writeHistory(file, signals.config.signals, population);
  const { status, stderr } = spawnSync(
    await findPart('promtool'),
    ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=24h', '--quiet', file, data],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  rmSync(file);
  return join(directory, 'with');
}

interface WatchOptions {
  directory: string;
  target: string;
  rules: readonly string[];
}

async function watch({ directory, target, rules }: WatchOptions): Promise<Watched> {
  mkdirSync(directory, { recursive: true });
  const config = join(directory, 'prometheus.yml');
  const intervals = { scrape_interval: '15s', evaluation_interval: '15s' };
  const scrape = { job_name: 'site', honor_labels: true, static_configs: [{ targets: [target] }] };
  writeFileSync(config, stringify({ global: intervals, rule_files: rules, scrape_configs: [scrape] }));
  const prometheus = await startServer(await findPart('prometheus'), (address) => [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(directory, 'data')}`,
    `--web.listen-address=${address}`,
  ]);
  try {
    await delay(WARM_UP_MS);
    const [cpuBefore, beforeMs] = [cpuSeconds(prometheus.pid), performance.now()];
    await delay(WATCHED_MS);
    const coreShare = ((cpuSeconds(prometheus.pid) - cpuBefore) * 1000) / (performance.now() - beforeMs);
    return { coreShare, ...(await readEvaluations(prometheus.url)) };
  } finally {
    await prometheus.stop();
  }
}

async function readEvaluations(metricsUrl: string): Promise<Omit<Watched, 'coreShare'>> {
  const text = await (await fetch(metricsUrl)).text();
  const last = readByGroup(text, 'prometheus_rule_group_last_duration_seconds');
  const sum = (metric: string) => readByGroup(text, metric).reduce((total, { value }) => total + value, 0);
  const missed = sum('prometheus_rule_group_iterations_missed_total');
  // Prometheus counts what it left out among its iterations too.
  const done = sum('prometheus_rule_group_iterations_total') - missed;
  return {
    groups: last.map(({ name, value }) => ({ name, seconds: value })),
    evaluations: { done, missed },
  };
}

function readByGroup(text: string, metric: string): { name: string; value: number }[] {
  const found = text.matchAll(new RegExp(`^${metric}\\{rule_group="[^"]*;([^"]+)"\\} (\\S+)$`, 'gm'));
  return [...found].map(([, name, value]) => ({ name: name!, value: Number(value) }));
}
