import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAgentClient } from '@evenkeel/agent-api';
import { mergeMetrics, type Metric } from '@evenkeel/provisioning';
import { eventually, StartedSystem } from '../end-to-end/started-system.ts';
import { CUT_METRIC, startCorneredExporter } from './cornered-exporter.ts';
import { exposedMetrics } from './pages.ts';

const MINUTE_MS = 60_000;

/** Runs the whole system through everything that makes a metric appear, and says what all parts exposed by then. */
export async function tour(say: (what: string) => void): Promise<Metric[]> {
  const system = await StartedSystem.start('--days-per-minute=5');
  try {
    await system.printed('Ctrl-C ends all of it.');
    const run = /tokens of this run: (\S+)/.exec(system.output)?.[1] ?? '';
    say('the system is up');
    await holdARuleBack(system, run, say);
    await waitForFigures(system, say);
    const cornered = await startCorneredExporter(join(run, 'secrets', 'database-url'));
    try {
      const metrics = await exposedMetrics({
        prometheus: [system.url('prometheus', '/metrics')],
        alertmanager: [system.url('alertmanager', '/metrics')],
        ...system.ourPages(),
        exporter: [system.url('exporter', '/metrics'), cornered.url],
      });
      return mergeMetrics([metrics.filter(({ name }) => name !== CUT_METRIC)]);
    } finally {
      await cornered.stop();
    }
  } finally {
    await system.end();
  }
}

/** A pause while something breaks, then none: suppressions, decisions, an action, a verdict and alerts. */
async function holdARuleBack(system: StartedSystem, run: string, say: (what: string) => void): Promise<void> {
  const agent = createAgentClient({
    url: system.url('agent', ''),
    token: secretOf(run, 'agent-operator-token'),
  });
  const paused = await agent.post('/api/v1/pauses', { body: { reason: 'the tour of the catalogue' } });
  await breakCarrier(system, secretOf(run, 'warehouse-admin-token'));
  await seen(system, 'agent', /^evenkeel_agent_suppressions_total.* [1-9]/m);
  say('a guard held a rule back');
  await agent.delete('/api/v1/pauses/{id}', { path: { id: paused.body.id } });
  await seen(system, 'agent', /^evenkeel_agent_episodes_total.* [1-9]/m);
  say('an episode ended with a verdict');
}

/** Cover needs a week of orders; returns and receipts come by themselves. */
async function waitForFigures(system: StartedSystem, say: (what: string) => void): Promise<void> {
  await seen(system, 'exporter', /^inventory_cover_seconds/m);
  say('a week of orders is there');
}

async function seen(system: StartedSystem, part: 'agent' | 'exporter', series: RegExp): Promise<void> {
  await eventually(6 * MINUTE_MS, async () => {
    const page = await (await fetch(system.url(part, '/metrics'))).text();
    return series.test(page) ? true : undefined;
  });
}

function secretOf(run: string, name: string): string {
  return readFileSync(join(run, 'secrets', name), 'utf8').trim();
}

async function breakCarrier(system: StartedSystem, token: string): Promise<void> {
  const response = await fetch(system.url('warehouse', '/api/v1/admin/faults/flaky-carrier'), {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ active: true }),
  });
  if (!response.ok)
    throw new Error(`the carrier was not broken: ${response.status} ${await response.text()}`);
}
