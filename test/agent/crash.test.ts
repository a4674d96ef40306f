import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Random, seeded, tries } from '@evenkeel/toolkit/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openSqliteJournal } from '../../rule-agent/src/journal/index.ts';
import type { Decided, EventKind, JournalEvent, Started } from '../../rule-agent/src/model/event.ts';
import { FakePrometheus } from '../../rule-agent/test/fake-prometheus.ts';
import { AgentProcess } from './agent-process.ts';
import { intactEvents } from './intact-events.ts';
import { RecordingTarget } from './recording-target.ts';
import { ruleWithAReason } from './rule-with-a-reason.ts';

/** Side by side, so that the starts of one fill the waits of the others. */
const AGENTS = 3;
const KILLS_PER_AGENT = tries(67);
const TEST_TIMEOUT_MS = 1_800_000;
/** How long the target takes at most, before and after a change: the moments to be killed in. */
const SLOWEST_MS = 12;
const COOLDOWN_MS = 400;
/** In a day: longer than all lives together. */
const BUDGET = 4;

const directory = mkdtempSync(join(tmpdir(), 'crash-'));
const prometheus = new FakePrometheus(Date.now);
const agents: AgentProcess[] = [];

beforeAll(() => prometheus.start());

afterAll(async () => {
  // When one has failed, the others are still at it.
  for (const agent of agents) await agent.end();
  await prometheus.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Three rules that always have a reason: one that acts at every turn, one that rests, one with a budget. */
function writeRules(home: string): void {
  const rule = (name: string, limits: string) =>
    ruleWithAReason({ name, signal: `${name}_latency`, knob: name, limits });
  writeFileSync(
    join(home, 'rules.yml'),
    `rules:${rule('eager', 'cooldown: 0s')}${rule('resting', `cooldown: ${COOLDOWN_MS}ms`)}${rule(
      'frugal',
      `cooldown: 0s\n    budget: { target: { actions: ${BUDGET}, per: 1d } }`,
    )}`,
  );
}

function writeConfig(home: string, knobsUrl: string): void {
  writeFileSync(
    join(home, 'agent.yml'),
    `prometheus: { url: ${prometheus.url} }
interval: 20ms
rules: [rules.yml]
journal: { path: journal.db }
budget: { actions: 100000, per: 1h }
systems: { target: { knobs: ${knobsUrl}, token: agent } }
`,
  );
}

interface Victim {
  agent: AgentProcess;
  target: RecordingTarget;
  random: Random;
}

/** One agent that is killed again and again while its target is busy with what it asked for. */
async function killAgain({ agent, target, random }: Victim): Promise<void> {
  const liveUntil = async (condition: () => boolean, lastMs = 0) => {
    await Promise.race([target.until(condition), agent.fault]);
    await delay(lastMs);
  };
  // A life that is killed leaves nothing of what it has compiled; the first one, which is not, leaves it to all others.
  agent.start();
  await agent.url();
  await agent.kill('SIGTERM');
  for (let life = 0; life < KILLS_PER_AGENT; life += 1) {
    agent.start();
    const asked = target.keysSeen.size + 1 + Math.floor(random() * 3);
    await liveUntil(() => target.keysSeen.size >= asked, random() * 4 * SLOWEST_MS);
    await agent.kill();
  }
  agent.start();
  // Long enough for every rule to have shown its limit, however short all lives were.
  const applied = (knob: string) => target.applied.filter((change) => change.knob === knob).length;
  const eager = applied('eager') + BUDGET;
  await liveUntil(() => applied('eager') >= eager && applied('resting') > 2);
  await agent.kill('SIGTERM');
}

interface Aftermath {
  agent: AgentProcess;
  target: RecordingTarget;
  events: readonly JournalEvent[];
}

async function liveThroughKills(index: number): Promise<Aftermath> {
  const home = join(directory, `agent-${index}`);
  mkdirSync(home);
  const agent = new AgentProcess(home);
  agents.push(agent);
  const random = seeded(jest.getSeed() + index);
  const target = new RecordingTarget(() => random() * SLOWEST_MS);
  await target.start();
  try {
    writeRules(home);
    writeConfig(home, target.knobsUrl);
    await killAgain({ agent, target, random });
    return { agent, target, events: await intactEvents(openSqliteJournal(join(home, 'journal.db'))) };
  } finally {
    await target.stop();
  }
}

function ofKind<Kind extends EventKind>(events: readonly JournalEvent[], kind: Kind) {
  return events.filter((event): event is Extract<JournalEvent, { kind: Kind }> => event.kind === kind);
}

describe(`an agent that is killed ${AGENTS * KILLS_PER_AGENT} times while it acts`, () => {
  let aftermaths: Aftermath[];

  beforeAll(async () => {
    prometheus.signals = ['eager', 'resting', 'frugal'].map((name) => ({
      signal: `${name}_latency`,
      labels: { job: 'warehouse' },
      value: '3',
    }));
    aftermaths = await Promise.all(Array.from({ length: AGENTS }, (_, index) => liveThroughKills(index)));
  }, TEST_TIMEOUT_MS);

  it('was in the middle of an action often enough', () => {
    const found = aftermaths.flatMap(({ events }) =>
      ofKind(events, 'finished').filter(({ reconciled }) => reconciled),
    );
    const outcomes = new Set(found.map(({ outcome }) => outcome));
    expect(found.length).toBeGreaterThan((AGENTS * KILLS_PER_AGENT) / 4);
    expect([...outcomes]).toEqual(expect.arrayContaining(['applied']));
  });

  it('has no change made twice', () => {
    for (const { target } of aftermaths) {
      const keys = target.applied.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const knob of ['eager', 'resting', 'frugal']) {
        expect(target.knob(knob).value).toBe(target.applied.filter((change) => change.knob === knob).length);
      }
    }
  });

  it('has every action in the journal before the target heard of it, and after its decision', () => {
    for (const { target, events } of aftermaths) {
      const started = ofKind(events, 'started');
      const keys = new Set(started.map(({ idempotencyKey }) => idempotencyKey));
      expect([...target.keysSeen].filter((key) => !keys.has(key))).toEqual([]);
      expect(started.filter((start) => decisionBefore(events, start) === undefined)).toEqual([]);
    }
  });

  it('has one end for every decision, and it is what the target did', () => {
    for (const { target, events } of aftermaths) {
      const finished = ofKind(events, 'finished');
      expect(finished.map(({ episode }) => episode).sort()).toEqual(
        ofKind(events, 'decided')
          .map(({ episode }) => episode)
          .sort(),
      );
      const applied = new Set(
        finished.filter(({ outcome }) => outcome === 'applied').map(({ episode }) => episode),
      );
      const keys = ofKind(events, 'started').filter(({ episode }) => applied.has(episode));
      expect(keys.map(({ idempotencyKey }) => idempotencyKey).sort()).toEqual(
        target.applied.map(({ key }) => key).sort(),
      );
    }
  });

  it('has every decision in the journal that it ever spoke of', () => {
    for (const { agent, events } of aftermaths) {
      const known = new Set(ofKind(events, 'decided').map(({ episode }) => episode));
      // With what follows the name, for the last line of a life may be cut off within it.
      const episodes = [...agent.log.matchAll(/event=decided episode=(\S+)\s/g)].map(
        ([, episode]) => episode!,
      );
      expect(episodes.length).toBeGreaterThan(KILLS_PER_AGENT);
      expect(episodes.filter((episode) => !known.has(episode))).toEqual([]);
    }
  });

  it('rests as long as it has to, whatever came between', () => {
    for (const { events } of aftermaths) {
      const rests = restsOf(events, 'resting');
      expect(rests.length).toBeGreaterThan(1);
      expect(Math.min(...rests)).toBeGreaterThanOrEqual(COOLDOWN_MS);
    }
  });

  it('has not forgotten in any life what it has used of its budget', () => {
    for (const { events } of aftermaths) {
      expect(ofKind(events, 'started').filter(({ rule }) => rule === 'frugal')).toHaveLength(BUDGET);
    }
  });
});

function decisionBefore(events: readonly JournalEvent[], start: Started): Decided | undefined {
  const before = events.slice(0, events.indexOf(start));
  return ofKind(before, 'decided').find(({ episode }) => episode === start.episode);
}

/** From the end of each episode of a rule to the decision for the next, in milliseconds. */
function restsOf(events: readonly JournalEvent[], name: string): number[] {
  const rests: number[] = [];
  let endedAtMs: number | undefined;
  for (const event of events) {
    if (!('rule' in event) || event.rule !== name) continue;
    if (event.kind === 'finished' || event.kind === 'verified') endedAtMs = event.at;
    if (event.kind === 'decided' && endedAtMs !== undefined) rests.push(event.at - endedAtMs);
  }
  return rests;
}
