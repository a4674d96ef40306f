import { ManualClock, silentLogger } from '@evenkeel/toolkit';
import type { Action } from '../actions/index.ts';
import { runCycle } from '../cycle.ts';
import { emptyHistory, type Policy, record } from '../decisions/index.ts';
import { createSources } from '../facts/index.ts';
import { ALONE } from '../journal/index.ts';
import type { JournalEvent } from '../model/event.ts';
import { phaseOf, trackKey } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { targetKey } from '../model/target.ts';
import { decisionOutcome, isDecision } from '../reports/index.ts';
import { buildRuleEngine } from '../rules/index.ts';
import { playPrometheus } from './played-prometheus.ts';
import type { Expectation, RuleTest } from './schema.ts';

export interface Stage {
  rules: readonly Rule[];
  policy: Policy;
  startMs: number;
  intervalMs: number;
}

/** Where a rule on a target stood after a cycle; `none` where there is nothing. */
export type Standing = Record<'state' | 'decision' | 'guard', string>;

/**
 * Plays a test through the agent's own cycles, with a clock that nobody waits for. Actions are taken as done.
 *
 * @returns for each expectation where its rule stood at its time
 */
export async function play(test: RuleTest, stage: Stage): Promise<Standing[]> {
  const { startMs, intervalMs } = stage;
  const clock = new ManualClock(startMs);
  const history = emptyHistory();
  let events: JournalEvent[] = [];
  const enter = (added: readonly JournalEvent[]) => {
    for (const event of added) record(history, event);
    events.push(...added);
    return Promise.resolve();
  };
  const context = {
    engines: stage.rules.map(buildRuleEngine),
    sources: createSources({
      ...{ clock, maxAgeMs: stage.policy.maxAgeMs, lookEveryMs: Infinity, returnAfterMs: 0 },
      sources: [
        {
          ...{ name: 'test', url: '' },
          prometheus: playPrometheus(test, () => ({ startMs, intervalMs, nowMs: clock.now() })),
        },
      ],
    }),
    action: DONE_AT_ONCE,
    killSwitch: () => Promise.resolve(undefined),
    leadership: ALONE,
    recorder: {
      record: enter,
      recordNew: () => Promise.resolve(0),
      catchUp: () => Promise.resolve(),
      lastSeq: () => 0,
    },
    history,
    policy: stage.policy,
    clock,
    logger: silentLogger(),
    onFacts: () => undefined,
  };
  const standingOf = ({ rule, target }: Expectation): Standing => {
    const key = targetKey(target);
    const track = history.tracks.get(trackKey(rule, key));
    const decisions = events.filter(isDecision);
    const last = decisions.findLast((event) => event.rule === rule && event.targetKey === key);
    return {
      state: track === undefined ? 'none' : phaseOf(track, history, clock.now()),
      decision: last === undefined ? 'none' : decisionOutcome(last),
      guard: track?.suppression?.guard ?? 'none',
    };
  };
  const found: Standing[] = [];
  const lastMs = Math.max(...test.expect.map(({ at }) => at));
  for (let elapsedMs = 0; elapsedMs <= lastMs; elapsedMs += intervalMs) {
    events = [];
    await runCycle(context);
    test.expect.forEach((expected, index) => {
      // Between two cycles it stands where the earlier one left it.
      if (expected.at >= elapsedMs && expected.at < elapsedMs + intervalMs)
        found[index] = standingOf(expected);
    });
    await clock.advance(intervalMs);
  }
  return found;
}

/** Every knob can be moved, and stands where it was put. */
const DONE_AT_ONCE: Action = {
  plan: ({ system, name }) =>
    Promise.resolve({ kind: 'change', plan: { system, name, from: 0, to: 1, version: '""' } }),
  apply: () => Promise.resolve({ kind: 'applied' }),
  verify: () => Promise.resolve('applied'),
  revert: () => Promise.resolve({ kind: 'applied' }),
};
