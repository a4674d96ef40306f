import { ManualClock, silentLogger } from '@evenkeel/toolkit';
import type { Action } from '../actions/index.ts';
import { runCycle } from '../cycle.ts';
import { emptyHistory, type Policy, record } from '../decisions/index.ts';
import { createSources } from '../facts/index.ts';
import { ALONE } from '../journal/index.ts';
import type { JournalEvent } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import { phaseOf, trackKey } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { targetKey } from '../model/target.ts';
import {
  decisionOutcome,
  describeEvent,
  isDecision,
  reportRuleExplanation,
  type RuleExplanation,
} from '../views/index.ts';
import { buildRuleEngine } from '../rules/index.ts';
import { followPeople } from './people.ts';
import { playPrometheus } from './played-prometheus.ts';
import type { Expectation, RuleTest } from './schema.ts';

export interface Stage {
  rules: readonly Rule[];
  policy: Policy;
  startMs: number;
  intervalMs: number;
}

/** Where a rule on a target stood after a cycle; `none` where there is nothing. */
export interface Standing extends Record<'state' | 'decision' | 'guard', string> {
  explanation: RuleExplanation;
  /** What had happened up to then to the rule on the target: when, from the start on, and what. */
  story: readonly { elapsedMs: number; text: string }[];
}

/**
 * Plays a test through the agent's own cycles, with a clock that nobody waits for. Actions are taken as done.
 *
 * @returns for each expectation where its rule stood at its time
 */
export async function play(test: RuleTest, stage: Stage): Promise<Standing[]> {
  const { startMs, intervalMs } = stage;
  const clock = new ManualClock(startMs);
  const people = followPeople(test, startMs);
  const scene = setScene(test, stage, clock);
  const found: Standing[] = [];
  const lastMs = Math.max(...test.expect.map(({ at }) => at));
  for (let elapsedMs = 0; elapsedMs <= lastMs; elapsedMs += intervalMs) {
    scene.events.push([]);
    await scene.recorder.record(people.do(scene.history, clock.now()));
    await runCycle(scene);
    for (const [index, expected] of test.expect.entries()) {
      // Between two cycles it stands where the earlier one left it.
      if (expected.at < elapsedMs || expected.at >= elapsedMs + intervalMs) continue;
      found[index] = await standingOf(scene, expected, startMs);
    }
    await clock.advance(intervalMs);
  }
  return found;
}

type Scene = ReturnType<typeof setScene>;

/** All that a cycle works with; the events of each turn are kept. */
function setScene(test: RuleTest, { rules, policy, startMs, intervalMs }: Stage, clock: ManualClock) {
  const history = emptyHistory();
  const events: JournalEvent[][] = [];
  const enter = (added: readonly JournalEvent[]) => {
    for (const event of added) record(history, event);
    events.at(-1)?.push(...added);
    return Promise.resolve();
  };
  const scene = {
    engines: rules.map(buildRuleEngine),
    sources: createSources({
      ...{ clock, maxAgeMs: policy.maxAgeMs, lookEveryMs: Infinity, returnAfterMs: 0 },
      sources: [
        {
          ...{ name: 'test', url: '' },
          prometheus: playPrometheus(test, () => ({ startMs, intervalMs, nowMs: clock.now() })),
        },
      ],
    }),
    action: doneAtOnce(new Set(test.failing)),
    killSwitch: () => Promise.resolve(undefined),
    leadership: ALONE,
    recorder: {
      record: enter,
      recordNew: () => Promise.resolve(0),
      catchUp: () => Promise.resolve(),
      lastSeq: () => 0,
    },
    history,
    policy,
    clock,
    logger: silentLogger(),
    facts: undefined as Facts | undefined,
    onFacts: (facts: Facts) => void (scene.facts = facts),
    events,
  };
  return scene;
}

async function standingOf(scene: Scene, { rule, target }: Expectation, startMs: number): Promise<Standing> {
  const { history, events, policy, facts } = scene;
  const key = targetKey(target);
  const nowMs = scene.clock.now();
  const track = history.tracks.get(trackKey(rule, key));
  const ofTarget = (event: JournalEvent) =>
    'rule' in event && event.rule === rule && (!('targetKey' in event) || event.targetKey === key);
  const last = events.at(-1)?.filter(isDecision).findLast(ofTarget);
  const engine = scene.engines.find((one) => one.rule.name === rule)!;
  return {
    state: track === undefined ? 'none' : phaseOf(track, history, nowMs),
    decision: last === undefined ? 'none' : decisionOutcome(last),
    guard: track?.suppression?.guard ?? 'none',
    explanation: await reportRuleExplanation(engine, target, { facts, history, policy, nowMs }),
    story: events
      .flat()
      .filter((event) => ofTarget(event) || event.kind === 'pause_created')
      .map((event) => ({ elapsedMs: event.at - startMs, text: describeEvent(event) })),
  };
}

/** Everything can be changed, and stands where it was put; but for systems that refuse. */
function doneAtOnce(failing: ReadonlySet<string>): Action {
  return {
    plan: ({ system, name }) =>
      Promise.resolve(
        failing.has(system)
          ? { kind: 'impossible', because: `${system} refuses, as the test says` }
          : { kind: 'change', plan: { system, name, from: 0, to: 1, version: '""' } },
      ),
    apply: () => Promise.resolve({ kind: 'applied' }),
    verify: () => Promise.resolve('applied'),
    revert: () => Promise.resolve({ kind: 'applied' }),
  };
}
