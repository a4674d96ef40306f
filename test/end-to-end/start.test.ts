import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { differences, readCatalogue } from '@evenkeel/provisioning';
import { findPart } from '@evenkeel/runtime';
import { mayBeMissing } from '../catalogue/sometimes.ts';
import { exposedMetrics } from '../catalogue/pages.ts';
import { emptyPanels } from './panels.ts';
import { eventually, type PartName, StartedSystem } from './started-system.ts';

interface Answer<T> {
  data: T;
}

/** What a minute of the demo is enough to know; the rest needs deliveries, promises that fall due, or weeks of orders. */
const SIGNALS = [
  'agent_cycle_failures',
  'agent_evaluation_lag_seconds',
  'api_active_requests',
  'api_error_ratio',
  'api_latency_p50_seconds',
  'api_latency_p95_seconds',
  'api_latency_p99_seconds',
  'api_throughput',
  'backordered_units',
  'below_reorder_point_ratio',
  'cancellation_ratio',
  'cpu_utilization',
  'disk_throughput',
  'disk_utilization',
  'fill_rate',
  'fill_rate_units',
  'inventory_value',
  'load_per_core',
  'memory_utilization',
  'network_throughput',
  'probe_success',
  'return_ratio',
  'service_memory_utilization',
  'stock_out_ratio',
];

describe('npm start', () => {
  let system: StartedSystem;
  let promtool: string;

  beforeAll(async () => {
    promtool = await findPart('promtool');
    system = await StartedSystem.start();
    await system.printed('Ctrl-C ends all of it.');
  }, 180_000);
  afterAll(() => system.end());

  const prometheus = async <T>(path: string) =>
    ((await (await fetch(system.url('prometheus', `/api/v1/${path}`))).json()) as Answer<T>).data;

  it.each<PartName>(['warehouse', 'exporter', 'agent'])(
    'serves metrics of the %s that promtool accepts',
    async (part) => {
      const response = await fetch(system.url(part, '/metrics'));
      expect(response.status).toBe(200);
      const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], {
        input: await response.text(),
        encoding: 'utf8',
      });
      expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
    },
  );

  it('has every part scraped by Prometheus', async () => {
    const jobs = await eventually(30_000, async () => {
      const { activeTargets } = await prometheus<{
        activeTargets: { labels: { job: string }; health: string }[];
      }>('targets');
      const up = activeTargets.filter(({ health }) => health === 'up');
      return up.length === 5 ? activeTargets.map(({ labels }) => labels.job) : undefined;
    });
    expect(jobs.sort()).toEqual([
      'alertmanager',
      'evenkeel-agent',
      'evenkeel-exporter',
      'prometheus',
      'warehouse',
    ]);
  });

  it('records its signals from real orders, and every rule evaluates', async () => {
    await eventually(90_000, async () => {
      const { result } = await prometheus<{ result: { metric: { signal: string } }[] }>(
        'query?query=count by (signal) (evenkeel:signal:value)',
      );
      const recorded = new Set(result.map(({ metric }) => metric.signal));
      return SIGNALS.every((signal) => recorded.has(signal)) || undefined;
    });
    const { groups } = await prometheus<{ groups: { rules: { health: string }[] }[] }>('rules');
    expect(groups.flatMap(({ rules }) => rules.filter(({ health }) => health !== 'ok'))).toEqual([]);
  }, 120_000);

  it('exposes what the catalogue of metrics says, and nothing else', async () => {
    const exposed = await exposedMetrics(system.ourPages());
    const apart = differences(readCatalogue(), exposed).filter(
      (sentence) => !(sentence.endsWith('nothing exposes it') && mayBeMissing(sentence.split(' ')[0]!)),
    );
    // After a change on purpose: npm run catalogue, then npm run generate.
    expect(apart).toEqual([]);
  });

  it('has data for every panel of every dashboard that has no reason to be empty', async () => {
    const look = () => emptyPanels((path) => system.url('prometheus', path));
    await eventually(60_000, async () => ((await look()).wrong.length === 0 ? true : undefined)).catch(
      () => undefined,
    );
    const { wrong, stale, asked } = await look();
    expect({ wrong, stale }).toEqual({ wrong: [], stale: [] });
    expect(asked).toBeGreaterThan(100);
  }, 120_000);

  it('refuses a second start on the same ports, naming port, process and flag', async () => {
    const flags = Object.entries(system.ports).map(([part, port]) => `--${part}-port=${port}`);
    const second = spawnSync('npm', ['start', '--', ...flags], { encoding: 'utf8' });
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/port \d+ is in use by \S+ \(pid \d+\) \[PORT_IN_USE\]/);
    expect(second.stderr).toMatch(/choose another port with --\w+-port/);
  });

  it('ends everything on ctrl-C', async () => {
    system.pressCtrlC();
    // npm itself is in the terminal's group too and ends by the signal, but only after what it started.
    await system.exitCode;
    expect(system.output).toContain('Everything has ended.');
    expect(system.remains()).toEqual([]);
  }, 60_000);
});
