import { phaseOf, type Policy } from '../decisions/index.ts';
import type { JournalEvent } from '../model/event.ts';
import { trackKey } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { targetKey } from '../model/target.ts';
import { seriesPrometheus, simulate, simulatedAction, type Turn } from '../simulation/index.ts';
import {
  decisionOutcome,
  describeEvent,
  isDecision,
  reportRuleExplanation,
  type RuleExplanation,
} from '../views/index.ts';
import { followPeople } from './people.ts';
import type { Expectation, RuleTest } from './schema.ts';
import { writtenSeries } from './written-series.ts';

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
 * Plays a test through the agent's own cycles. Actions are taken as done.
 *
 * @returns for each expectation where its rule stood at its time
 */
export async function play(test: RuleTest, { policy, ...rest }: Stage): Promise<Standing[]> {
  const stage = { ...rest, policy: { ...policy, holdOut: test.hold_out } };
  const { startMs, intervalMs } = stage;
  const found: Standing[] = [];
  const past: JournalEvent[] = [];
  for await (const turn of simulate(simulationOf(test, stage))) {
    past.push(...turn.events);
    const elapsedMs = turn.nowMs - startMs;
    for (const [index, expected] of test.expect.entries()) {
      // Between two cycles it stands where the earlier one left it.
      if (expected.at < elapsedMs || expected.at >= elapsedMs + intervalMs) continue;
      found[index] = await standingOf(expected, { turn, past, stage });
    }
  }
  return found;
}

function simulationOf(test: RuleTest, { rules, policy, startMs, intervalMs }: Stage) {
  return {
    ...{ rules, policy, intervalMs, fromMs: startMs },
    toMs: startMs + Math.max(...test.expect.map(({ at }) => at)),
    prometheus: (clock: { now: () => number }) =>
      seriesPrometheus(writtenSeries(test, { startMs, intervalMs }), clock),
    action: simulatedAction(new Set(test.failing)),
    people: followPeople(test, { startMs, restMs: policy.veto.restMs }).do,
  };
}

interface Scene {
  turn: Turn;
  /** All that has happened, that of the turn included. */
  past: readonly JournalEvent[];
  stage: Stage;
}

async function standingOf({ rule, target }: Expectation, { turn, past, stage }: Scene): Promise<Standing> {
  const { history, facts, nowMs, engines, events } = turn;
  const key = targetKey(target);
  const track = history.tracks.get(trackKey(rule, key));
  const ofTarget = (event: JournalEvent) =>
    'rule' in event && event.rule === rule && (!('targetKey' in event) || event.targetKey === key);
  const last = events.filter(isDecision).findLast(ofTarget);
  const engine = engines.find((one) => one.rule.name === rule)!;
  const present = { rules: stage.rules, facts, history, policy: stage.policy, nowMs };
  return {
    state: track === undefined ? 'none' : phaseOf(track, history, nowMs),
    decision: last === undefined ? 'none' : decisionOutcome(last),
    guard: track?.suppression?.guard ?? 'none',
    explanation: await reportRuleExplanation(engine, target, present),
    story: past
      .filter((event) => ofTarget(event) || event.kind === 'pause_created')
      .map((event) => ({ elapsedMs: event.at - stage.startMs, text: describeEvent(event) })),
  };
}
