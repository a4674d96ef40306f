import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { differences, readCatalogue } from '@evenkeel/provisioning';
import { findPart } from '@evenkeel/runtime';
import { findPortOwner } from '@evenkeel/toolkit';
import { mayBeMissing } from '../catalogue/sometimes.ts';
import { exposedMetrics } from '../catalogue/pages.ts';
import { DAYS_PER_MINUTE, STORIES, THREE_AT_A_TIME } from './fault-stories.ts';
import { Observer } from './observer.ts';
import { emptyPanels } from './panels.ts';
import { eventually, type PartName, StartedSystem } from './started-system.ts';

interface PrometheusResponse<T> {
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

/** Far more than a quiet machine needs for a fault to be seen, or to be over. */
const STORY_DEADLINE_MS = 240_000;

describe('npm start', () => {
  let system: StartedSystem;
  let promtool: string;

  beforeAll(async () => {
    promtool = await findPart('promtool');
    system = await StartedSystem.start(`--days-per-minute=${DAYS_PER_MINUTE}`);
    await system.printed('Ctrl-C ends all of it.');
  }, 180_000);
  afterAll(() => system.end());

  const prometheus = async <T>(path: string) =>
    ((await (await fetch(system.url('prometheus', `/api/v1/${path}`))).json()) as PrometheusResponse<T>).data;

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

  it('refuses a second start on the same ports, naming the first one, all ports and flags', async () => {
    const flags = Object.entries(system.ports).map(([part, port]) => `--${part}-port=${port}`);
    const second = spawnSync('npm', ['start', '--', ...flags], { encoding: 'utf8' });
    expect(second.status).toBe(1);
    const [first = ''] = second.stderr.split('\n');
    expect(first).toMatch(/^error: Evenkeel already runs here \(pid \d+\), on [\d, ]+ \[ALREADY_RUNNING\]$/);
    const { grafana: _grafana, ...taken } = system.ports;
    for (const port of Object.values(taken)) expect(first).toContain(String(port));
    expect(second.stderr).toMatch(/choose other ports with --postgres-port, .*--preview-port/);
  });

  it(
    'shows three faults by their signals and alerts, and that they are over',
    async () => {
      const observer = new Observer(system);
      const told = STORIES.filter(({ fault }) => THREE_AT_A_TIME.includes(fault));
      const each = (look: (story: (typeof told)[number]) => Promise<boolean>) =>
        eventually(
          STORY_DEADLINE_MS,
          async () => (await Promise.all(told.map(look))).every(Boolean) || undefined,
        );
      await observer.pauseAgent();
      await each(async ({ signal }) => (await observer.utility(signal)) !== undefined);
      for (const { fault } of told) await observer.setFault(fault, true);
      await each(async ({ signal, alert }) => (await observer.hasMoved(signal)) && observer.isFiring(alert));
      for (const { fault } of told) await observer.setFault(fault, false);
      for (const { mend } of told) if (mend !== undefined) await observer.setKnob(mend.knob, mend.value);
      await each(async ({ alert, lasts }) => lasts !== undefined || !(await observer.isFiring(alert)));
    },
    3 * STORY_DEADLINE_MS,
  );

  it('starts a part again that was killed, and says so', async () => {
    const { pid } = (await findPortOwner(system.ports.exporter))!;
    process.kill(pid, 'SIGKILL');
    await system.printed('exporter ended by itself (signal SIGKILL)');
    await system.printed('exporter is started again in 1 s');
    await system.printed('exporter         up again');
    expect((await fetch(system.url('exporter', '/metrics'))).status).toBe(200);
  }, 60_000);

  it('ends everything on ctrl-C', async () => {
    system.pressCtrlC();
    // npm itself is in the terminal's group too and ends by the signal, but only after what it started.
    await system.exitCode;
    expect(system.output).toContain('Everything has ended.');
    expect(system.remains()).toEqual([]);
  }, 60_000);
});
