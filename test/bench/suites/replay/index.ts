import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measured, type Measurement, type Suite } from '../../measurement.ts';
import { cpuSeconds } from '../../processes.ts';
import { writeAgentFiles } from '../agent/agent-files.ts';
import { startPrometheus } from '../agent/prometheus.ts';
import { DAYS, endSeconds, writeMonth } from './month.ts';
import { monthRules } from './month-rules.ts';
import { runReplay } from './run-replay.ts';

const SUITE = 'replay';
const SECONDS_GOAL = 60;

export const replaySuite: Suite = {
  name: SUITE,
  about:
    'evenkeel-agent replay over 30 days of 20 rules at three sites, from a real Prometheus (five minutes)',
  async run() {
    const directory = mkdtempSync(join(tmpdir(), 'evenkeel-replay-bench-'));
    try {
      await writeMonth(join(directory, 'prometheus'));
      return await measure(directory);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

async function measure(directory: string): Promise<Measurement[]> {
  const prometheus = await startPrometheus({
    directory: join(directory, 'prometheus'),
    config: {},
    // All of it, however old it is.
    flags: ['--storage.tsdb.retention.time=10y'],
  });
  try {
    const config = writeAgentFiles({
      ...{ directory: join(directory, 'agent'), prometheusUrl: prometheus.url, rules: monthRules() },
      systemUrl: 'http://127.0.0.1:9',
    });
    const [to, before] = [new Date(endSeconds() * 1000 - 60_000).toISOString(), cpuSeconds(prometheus.pid)];
    const run = await runReplay([
      ...[join(directory, 'agent', 'rules.yml'), `--config.file=${config}`],
      ...[`--from=${new Date((endSeconds() - DAYS * 86_400) * 1000).toISOString()}`, `--to=${to}`],
    ]);
    const of = `${DAYS} days, ${run.report.rules.length} rules at three sites, a look each minute: ${run.report.firings.length} firings`;
    const figure = (name: string, value: number, unit: string) =>
      measured({ suite: SUITE, name, value, unit, of });
    return [
      measured({ suite: SUITE, name: 'replay_month', value: run.seconds, unit: 's', of, goal: SECONDS_GOAL }),
      figure('replay_month_cpu', run.cpuSeconds, 's'),
      figure('replay_month_prometheus_cpu', cpuSeconds(prometheus.pid) - before, 's'),
      figure('replay_month_rss_peak', run.peakMegabytes, 'MB'),
    ];
  } finally {
    await prometheus.stop();
  }
}
