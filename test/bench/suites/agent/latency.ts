import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { measured, type Measurement } from '../../measurement.ts';
import { type Server, startServer } from '../../processes.ts';
import { quantile } from '../../statistics.ts';
import { CLEAR_CACHE, writeAgentFiles } from './agent-files.ts';
import { startAlertmanager } from './alertmanager.ts';
import { Moments, openWitness } from './moments.ts';
import { type BenchPrometheus, startPrometheus } from './prometheus.ts';
import { openSignalPage, serviceName, signalName, type SignalPage } from './signal-page.ts';

const INTERVAL_MS = 2_000;
const FIRINGS = 41;
/** A little more than an interval: each firing comes at another moment of it, and together they come at all moments alike. */
const SPACING_MS = INTERVAL_MS + Math.round(INTERVAL_MS / FIRINGS);
const LOOK_EVERY_MS = 10;
/** As long as Alertmanager waits for others by default, and some. */
const PATIENCE_MS = 60_000;
const REST_GOAL_MS = 50;

const SIGNAL = signalName(0);
const MAIN = join(import.meta.dirname, '../../../../rule-agent/src/main.ts');

/** Of so many firings one has a target that accepts the request and never responds. */
const HUNG_EVERY = 4;
const HUNG_GOAL = 1.1;

/**
 * From the moment at which a value can be seen in Prometheus to what comes of it: the request of the agent's action, and the
 * webhook of an alert with the same condition. One service after the other falls sick. Then the same while some targets hang.
 */
export async function measureLatency(suite: string, directory: string): Promise<Measurement[]> {
  const moments = await play(join(directory, 'sound'), () => false);
  const hung = services().filter((_, index) => index % HUNG_EVERY === 0);
  const others = services().filter((job) => !hung.includes(job));
  const beside = await play(join(directory, 'hung'), (job) => hung.includes(job));
  return [
    ...figures(suite, moments),
    measured({
      suite,
      name: 'latency_with_hung_target',
      value:
        latency(beside, 'acted', { share: 0.5, of: others }) /
        latency(moments, 'acted', { share: 0.5, of: others }),
      unit: 'ratio',
      of: `the same without: one of ${HUNG_EVERY} targets never responds`,
      goal: HUNG_GOAL,
    }),
  ];
}

/** What happened when, with targets that never respond where `hangs` says so. */
async function play(directory: string, hangs: (job: string) => boolean): Promise<Moments> {
  const moments = new Moments();
  const page = await openSignalPage({ signals: 1, services: FIRINGS });
  const system = await openWitness(
    moments,
    ({ url }) => [`acted ${jobIn(url)}`],
    ({ url }) => !hangs(jobIn(url)),
  );
  const webhook = await openWitness(moments, ({ url }, body) =>
    jobsOf(body).map((job) => `${url!.slice(1)} ${job}`),
  );
  const alertmanager = await startAlertmanager(join(directory, 'alertmanager'), webhook.url);
  const prometheus = await startWithAlert(directory, { page, alertmanager });
  const agent = await startAgent(directory, { prometheus, systemUrl: system.url });
  try {
    await until(async () => (await prometheus.ask(`count(evenkeel:signal:value)`)) === FIRINGS);
    await delay(2 * INTERVAL_MS);
    await fallSick({ page, prometheus, moments });
    await until(() =>
      services().every((job) => moments.has(`acted ${job}`) && moments.has(`default ${job}`)),
    );
    return moments;
  } finally {
    await Promise.all([agent.stop(), prometheus.stop(), alertmanager.stop()]);
    for (const one of [page, system, webhook]) one.close();
  }
}

function services(): string[] {
  return Array.from({ length: FIRINGS }, (_, index) => serviceName(index));
}

interface Stage {
  page: SignalPage;
  prometheus: BenchPrometheus;
  moments: Moments;
}

async function fallSick({ page, prometheus, moments }: Stage): Promise<void> {
  const startedMs = performance.now();
  for (const [index, job] of services().entries()) {
    await delay(Math.max(1, startedMs + index * SPACING_MS - performance.now()));
    page.sicken(index + 1);
    const isSeen = `count(evenkeel:signal:value{job="${job}"} > 2)`;
    await until(async () => (await prometheus.ask(isSeen)) === 1);
    moments.note(`seen ${job}`);
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error('what was waited for did not come');
    await delay(LOOK_EVERY_MS);
  }
}

function jobIn(url: string | undefined): string {
  return url!.split('/').at(-1)!;
}

function latency(
  moments: Moments,
  what: string,
  { share, of }: { share: number; of: readonly string[] },
): number {
  const ms = of.map((job) => moments.of(`${what} ${job}`) - moments.of(`seen ${job}`));
  return quantile(ms, share);
}

function figures(suite: string, moments: Moments): Measurement[] {
  const latencies = (name: string, what: string, goal?: number) =>
    [0.5, 0.9].map((share) =>
      measured({
        suite,
        name: `${name}_p${share * 100}`,
        value: latency(moments, what, { share, of: services() }),
        unit: 'ms',
        of: `${FIRINGS} firings, evaluated every ${INTERVAL_MS} ms`,
        ...(goal !== undefined && share === 0.5 && { goal }),
      }),
    );
  return [
    ...latencies('latency', 'acted', INTERVAL_MS / 2 + REST_GOAL_MS),
    ...latencies('latency_alertmanager_no_wait', 'no_wait'),
    ...latencies('latency_alertmanager_default', 'default'),
  ];
}

function jobsOf(body: string): string[] {
  const { alerts } = JSON.parse(body) as { alerts: { labels: { job: string } }[] };
  return alerts.map(({ labels }) => labels.job);
}

async function startWithAlert(
  directory: string,
  { page, alertmanager }: { page: SignalPage; alertmanager: Server },
): Promise<BenchPrometheus> {
  const rules = join(directory, 'alert.yml');
  mkdirSync(directory, { recursive: true });
  const alert = { alert: 'Sick', expr: `evenkeel:signal:value{signal="${SIGNAL}"} > 2` };
  writeFileSync(rules, stringify({ groups: [{ name: 'bench', rules: [alert] }] }));
  const targets = [{ targets: [new URL(alertmanager.url).host] }];
  return startPrometheus({
    directory: join(directory, 'prometheus'),
    config: {
      global: { scrape_interval: '100ms', scrape_timeout: '100ms', evaluation_interval: `${INTERVAL_MS}ms` },
      rule_files: [rules],
      alerting: { alertmanagers: [{ static_configs: targets }] },
      scrape_configs: [
        { job_name: 'fleet', honor_labels: true, static_configs: [{ targets: [page.address] }] },
      ],
    },
  });
}

function startAgent(
  directory: string,
  { prometheus, systemUrl }: { prometheus: BenchPrometheus; systemUrl: string },
): Promise<Server> {
  const rule = {
    name: 'sick',
    description: 'The rule of the bench.',
    priority: 1,
    mode: 'auto',
    target: { by: ['job'] },
    facts: { level: { signal: SIGNAL } },
    when: { fact: 'level', operator: 'greaterThan', value: 2 },
    for: '0s',
    when_learning: 'act',
    action: CLEAR_CACHE,
    expect: { signal: SIGNAL, direction: 'lower' },
  };
  const configFile = writeAgentFiles({
    directory: join(directory, 'agent'),
    prometheusUrl: prometheus.url,
    systemUrl,
    rules: [rule],
    // As many as there are, however many are sick.
    limits: {
      interval: `${INTERVAL_MS}ms`,
      budget: { actions: FIRINGS, per: '1h' },
      blast_radius: { share: 1, targets: 2 },
    },
  });
  return startServer(process.execPath, (address) => [
    MAIN,
    `--config.file=${configFile}`,
    `--web.listen-address=${address}`,
  ]);
}
