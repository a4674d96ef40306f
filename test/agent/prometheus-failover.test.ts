import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openSqliteJournal } from '../../rule-agent/src/journal/index.ts';
import { AgentProcess } from './agent-process.ts';
import { intactEvents } from './intact-events.ts';
import { RealPrometheus } from './real-prometheus.ts';
import { RecordingTarget } from './recording-target.ts';
import { ruleWithAReason } from './rule-with-a-reason.ts';

const directory = mkdtempSync(join(tmpdir(), 'failover-'));
const home = join(directory, 'agent');
const target = new RecordingTarget(() => 0);
const agent = new AgentProcess(home);
let near: RealPrometheus;
let far: RealPrometheus;

beforeAll(async () => {
  await target.start();
  // Each has a value of its own: a fact tells where it was read.
  near = await RealPrometheus.recording({ name: 'latency', value: 3 }, join(directory, 'near'));
  far = await RealPrometheus.recording({ name: 'latency', value: 4 }, join(directory, 'far'));
  mkdirSync(home);
  const rule = ruleWithAReason({
    name: 'slow-api',
    signal: 'latency',
    knob: 'knob',
    limits: 'cooldown: 0s',
    facts: `tenfold: { promql: '10 * evenkeel:signal:value{signal="latency"}' }`,
  });
  writeFileSync(join(home, 'rules.yml'), `rules:${rule}`);
  writeFileSync(
    join(home, 'agent.yml'),
    `prometheus:
  endpoints: [{ name: near, url: "${near.url}" }, { name: far, url: "${far.url}" }]
  timeout: 2s
  max_age: 10s
  look_every: 300ms
  return_after: 1s
interval: 50ms
rules: [rules.yml]
journal: { path: journal.db }
budget: { actions: 100000, per: 1h }
systems: { target: { knobs: "${target.knobsUrl}", token: agent } }
`,
  );
}, 120_000);

afterAll(async () => {
  await agent.kill();
  await Promise.all([near.stop(), far.stop(), target.stop()]);
  rmSync(directory, { recursive: true, force: true });
});

async function readsFrom(name: string): Promise<void> {
  const api = await agent.api();
  for (;;) {
    const { body } = await Promise.race([api.get('/api/v1/facts'), agent.fault]);
    const before = target.applied.length;
    if (body.read_from === name)
      return Promise.race([target.until(() => target.applied.length > before + 1), agent.fault]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it('two real Prometheus: the agent goes on with the other one when the first dies, and comes back; it never mixes them', async () => {
  agent.start();
  await readsFrom('near');
  await near.stop();
  await readsFrom('far');
  await near.start();
  await readsFrom('near');
  await agent.kill('SIGTERM');

  const events = await intactEvents(openSqliteJournal(join(home, 'journal.db')));
  const seen = events.flatMap((event) =>
    event.kind === 'decided' ? [[event.facts.latency, event.facts.tenfold]] : [],
  );
  const values = seen.map((facts) =>
    facts.map((fact) => (fact?.status === 'ok' ? fact.value : fact?.status)),
  );
  const phases = values.filter(([latency], index) => latency !== values[index - 1]?.[0]);
  expect(phases).toEqual([
    [3, 30],
    [4, 40],
    [3, 30],
  ]);
  expect(new Set(values.map(String))).toEqual(new Set(['3,30', '4,40']));
  expect(agent.log).toContain('facts are read from another endpoint');
}, 120_000);
