import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, silentLogger, systemClock } from '@evenkeel/toolkit';
import { newDatabase, seeded, type TestDatabase } from '@evenkeel/toolkit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openSharedJournal } from '../../rule-agent/src/journal/index.ts';
import { FakePrometheus } from '../../rule-agent/test/fake-prometheus.ts';
import { AgentProcess } from './agent-process.ts';
import { intactEvents } from './intact-events.ts';
import { type AppliedChange, RecordingTarget } from './recording-target.ts';
import { ruleWithAReason } from './rule-with-a-reason.ts';
import { StallableProxy } from './stallable-proxy.ts';

const TEST_TIMEOUT_MS = 300_000;
const KILLS = 6;
const SLOWEST_MS = 15;
const TIMES = { lease: '2s', timeout: '1500ms' };

const directory = mkdtempSync(join(tmpdir(), 'two-agents-'));
const prometheus = new FakePrometheus(Date.now);
let postgres: TestDatabase;
let proxy: StallableProxy;
let target: RecordingTarget;
let agents: Readonly<Record<'first' | 'second', AgentProcess>>;
let schema = '';

beforeAll(async () => {
  postgres = await newDatabase();
  await prometheus.start();
  prometheus.signals = ['a', 'b', 'c'].map((name) => ({
    signal: `latency_${name}`,
    labels: { job: 'warehouse' },
    value: '3',
  }));
});

afterAll(async () => {
  await prometheus.stop();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
});

beforeEach(async () => {
  const random = seeded(jest.getSeed());
  target = new RecordingTarget(() => random() * SLOWEST_MS);
  await target.start();
  proxy = await StallableProxy.to(Number(new URL(postgres.url).port));
});

afterEach(async () => {
  await Promise.all(Object.values(agents).map((agent) => agent.kill()));
  await target.stop();
  await proxy.close();
});

/** Two agents with the same rules and one journal; the first reaches it by a way that can be cut. */
function openAgents(name: string): void {
  schema = name;
  const through = new URL(postgres.url);
  through.port = String(proxy.port);
  agents = { first: agentAt('first', through.href), second: agentAt('second', postgres.url) };
}

function agentAt(actor: string, journalUrl: string): AgentProcess {
  const home = join(directory, `${schema}-${actor}`);
  mkdirSync(home);
  writeFileSync(join(home, 'rules.yml'), `rules:${['a', 'b', 'c'].map(ruleOf).join('')}`);
  writeFileSync(
    join(home, 'agent.yml'),
    `prometheus: { url: ${prometheus.url} }
interval: 50ms
rules: [rules.yml]
journal:
  postgres: { url: "${journalUrl}", schema: ${schema}, lease: ${TIMES.lease}, timeout: ${TIMES.timeout} }
budget: { actions: 100000, per: 1h }
systems: { target: { knobs: "${target.knobsUrl}", token: ${actor} } }
`,
  );
  return new AgentProcess(home);
}

function ruleOf(name: string): string {
  return ruleWithAReason({
    name: `rule-${name}`,
    signal: `latency_${name}`,
    knob: `knob_${name}`,
    limits: 'cooldown: 0s',
  });
}

async function until(condition: () => boolean): Promise<void> {
  await Promise.race([target.until(condition), ...Object.values(agents).map(({ fault }) => fault)]);
}

async function actsAgain(actor: string): Promise<void> {
  const before = target.applied.length;
  await until(() => target.applied.slice(before).some((change) => change.actor === actor));
}

function lastActor(): 'first' | 'second' {
  return target.applied.at(-1)!.actor as 'first' | 'second';
}

function otherThan(actor: 'first' | 'second'): 'first' | 'second' {
  return actor === 'first' ? 'second' : 'first';
}

async function someoneActs(): Promise<'first' | 'second'> {
  const before = target.applied.length;
  await until(() => target.applied.length > before);
  return lastActor();
}

/** One after the other, each under its own token, and no change twice. */
function expectOneActorAtATime(applied: readonly AppliedChange[]): void {
  const tokens = applied.map(({ fencingToken }) => fencingToken);
  expect(tokens).toEqual([...tokens].sort((a, b) => a - b));
  const actorsByToken = Map.groupBy(applied, ({ fencingToken }) => fencingToken);
  for (const changes of actorsByToken.values())
    expect(new Set(changes.map(({ actor }) => actor)).size).toBe(1);
  const keys = applied.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
}

async function expectJournalKnowsAll(): Promise<void> {
  const { journal } = await openSharedJournal(
    { url: new Secret(postgres.url), schema, leaseMs: 60_000, timeoutMs: 10_000, advertise: '' },
    { clock: systemClock, logger: silentLogger() },
  );
  const events = await intactEvents(journal);
  const started = events.flatMap((event) => (event.kind === 'started' ? [event.idempotencyKey] : []));
  expect([...target.keysSeen].filter((key) => !started.includes(key))).toEqual([]);
}

describe('two agents with one journal', () => {
  it(
    'are one actor, whichever of them is killed while it acts',
    async () => {
      openAgents('killed');
      for (const agent of Object.values(agents)) agent.start();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const leader = await someoneActs();
        await agents[leader].kill();
        await actsAgain(otherThan(leader));
        agents[leader].start();
      }
      const leader = await someoneActs();
      await agents[leader].kill('SIGTERM');
      expect(agents[leader].log).not.toContain('end on the pool');
      await actsAgain(otherThan(leader));
      await agents[otherThan(leader)].kill('SIGTERM');
      expectOneActorAtATime(target.applied);
      await expectJournalKnowsAll();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'are one actor while the way of the leader to the journal is cut; afterwards it stands by, and can take over again',
    async () => {
      openAgents('cut');
      agents.first.start();
      await actsAgain('first');
      agents.second.start();
      await agents.second.logs('standing by');
      await actsAgain('first');
      proxy.cut();
      await actsAgain('second');
      proxy.mend();
      await agents.first.logs('standing by');
      await agents.second.kill();
      await actsAgain('first');
      await Promise.all(Object.values(agents).map((agent) => agent.kill('SIGTERM')));
      expectOneActorAtATime(target.applied);
      await expectJournalKnowsAll();
    },
    TEST_TIMEOUT_MS,
  );
});
