import { describe, expect, it } from '@jest/globals';
import { atOnce } from '@evenkeel/toolkit';
import {
  POLICY,
  T0,
  buildBook,
  buildDecided,
  buildFacts,
  buildFinished,
  buildMatch,
  buildRule,
  buildStarted,
  warehouse,
} from '../../test/build.ts';
import type { Decision, JournalEvent } from '../model/event.ts';
import type { Match } from '../model/match.ts';
import { pendingWork } from '../actions/index.ts';
import { requestRevert } from '../verification/index.ts';
import { decide } from './decide.ts';
import { emptyHistory } from './history-book.ts';
import { record } from './record.ts';
import { observe } from './track-book.ts';

const asking = buildMatch({ rule: buildRule({ mode: 'approve', holding: { steadyMs: 0 } }) });
const over = { ...asking, outcome: 'clear' as const };

/** An action that waits for a person, and time that passes. */
function waiting(needed = 1) {
  const history = emptyHistory();
  const policy = { ...POLICY, approval: { expiresMs: 60_000, needed } };
  let nowMs = T0;
  const enter = (...events: JournalEvent[]) => events.forEach((event) => record(history, event));
  const step = (afterMs: number, match: Match): Decision[] => {
    nowMs += afterMs;
    const facts = buildFacts(
      buildBook({ api_latency_p95_seconds: [{ labels: warehouse, value: 3 }] }),
      nowMs,
    );
    const decisions = atOnce(
      decide({ rules: [match.rule], matches: [match], facts, history, policy, nowMs }),
    );
    enter(...decisions);
    atOnce(observe(history, [match], nowMs));
    return decisions.filter(({ kind }) => !kind.startsWith('firing'));
  };
  const [decided] = step(0, asking);
  if (decided?.kind !== 'decided') throw new Error('not decided');
  const { episode, rule } = decided;
  const say = (by: string) => enter({ kind: 'approval_given', at: nowMs, episode, rule, by });
  const work = () => pendingWork({ open: history.openEpisodes.get(episode), revert: undefined }, nowMs);
  return { history, step, say, enter, decided, work, at: () => nowMs };
}

describe('an action that wants a person', () => {
  it('is decided, and not carried out', () => {
    const { decided, step, work } = waiting();
    expect(decided).toMatchObject({ mode: 'approve', approval: { expiresAt: T0 + 60_000, needed: 1 } });
    expect(work()).toBeUndefined();
    expect(step(2_000, asking)).toEqual([]);
  });

  it('is released by a yes, and carried out under the key of its decision', () => {
    const { decided, step, say, work } = waiting();
    say('ann');
    const released = step(2_000, asking);
    expect(released).toMatchObject([{ kind: 'released', approvedBy: ['ann'] }]);
    expect(work()).toMatchObject({ kind: 'execute', decided });
    expect(step(2_000, asking)).toEqual([]);
  });

  it('wants two different people where the config says so', () => {
    const { step, say } = waiting(2);
    say('ann');
    say('ann');
    expect(step(2_000, asking)).toEqual([]);
    say('bob');
    expect(step(2_000, asking)).toMatchObject([{ kind: 'released', approvedBy: ['ann', 'bob'] }]);
  });

  it('is not carried out once its condition is over, even with a yes', () => {
    const { history, step, say } = waiting();
    say('ann');
    expect(step(2_000, over)).toMatchObject([{ kind: 'approval_ended', reason: 'cleared' }]);
    expect(history.openEpisodes.size).toBe(0);
  });

  it('expires, whatever is known of the target, and then rests', () => {
    const { step } = waiting();
    const unknown = { ...asking, outcome: 'unknown' as const, because: 'gone' };
    expect(step(60_000, unknown)).toMatchObject([{ kind: 'approval_ended', reason: 'expired' }]);
    expect(step(2_000, asking)).toMatchObject([{ kind: 'suppressed', guard: 'cooldown' }]);
  });

  it('is still held back by the guards after a yes, once for each reason', () => {
    const { step, say, enter, at } = waiting();
    say('ann');
    enter({
      kind: 'pause_created',
      at: at(),
      pause: { id: 'p', reason: 'stocktaking', createdBy: 'bob', createdAt: at() },
    });
    expect(step(2_000, asking)).toMatchObject([{ kind: 'suppressed', guard: 'pause' }]);
    expect(step(2_000, asking)).toEqual([]);
    enter({ kind: 'pause_ended', at: at(), id: 'p', endedBy: 'bob' });
    expect(step(2_000, asking)).toMatchObject([{ kind: 'released' }]);
  });

  it('is not carried out on facts that are gone', () => {
    const { step, say } = waiting();
    say('ann');
    const unknown = { ...asking, outcome: 'unknown' as const, because: 'gone' };
    expect(step(2_000, unknown)).toMatchObject([{ kind: 'suppressed', guard: 'facts' }]);
  });
});

describe('a waiting action whose rule no longer asks', () => {
  it.each([
    ['is decided anew where the rule may act by itself now', { mode: 'auto' as const }, 'mode auto'],
    ['ends where the rule only watches now', { mode: 'shadow' as const }, 'mode shadow'],
    ['ends where the rule was changed', { version: 'bbbbbbbbbbbb' }, 'was changed'],
  ])('%s', (_what, change, because) => {
    const { history, step, say } = waiting();
    say('ann');
    step(1_000, { ...asking, outcome: 'unknown', because: 'gone' });
    const changed = { ...asking, rule: { ...asking.rule, ...change } };
    const [ended] = step(2_000, changed);
    expect(ended).toMatchObject({ kind: 'approval_ended', reason: 'superseded' });
    expect(ended).toHaveProperty('because', expect.stringContaining(because));
    expect(history.openEpisodes.size).toBe(0);
    // Nothing was done, so there is nothing to rest from.
    expect(step(2_000, changed)).toMatchObject([{ kind: 'decided', mode: changed.rule.mode }]);
  });

  it('ends where the rule is off, or gone', () => {
    for (const rules of [[{ ...asking.rule, mode: 'off' as const }], []]) {
      const { history, at } = waiting();
      const situation = { rules, matches: [], facts: buildFacts(), history, policy: POLICY, nowMs: at() };
      expect(atOnce(decide(situation))).toMatchObject([{ reason: 'superseded' }]);
    }
  });
});

describe("a person's no", () => {
  const REST_MS = 3_600_000;
  /** The action is rejected, a second after it was asked for. */
  function rejected(restMs = REST_MS) {
    const story = waiting();
    story.step(1_000, asking);
    const { at, decided, enter } = story;
    const { rule, ruleVersion, target, targetKey, episode } = decided;
    const of = { at: at(), rule, ruleVersion, target, targetKey, episode };
    enter({ kind: 'approval_ended', ...of, reason: 'rejected', by: 'ann', because: 'not at night', restMs });
    return story;
  }

  it('lasts: the rule does not ask again while the trouble does', () => {
    const { step } = rejected();
    expect(step(1_000, asking)).toMatchObject([
      {
        guard: 'veto',
        because:
          'rejected by ann: not at night; it rests until 2026-11-23T13:00:01.000Z, or until the condition has cleared',
      },
    ]);
    expect(step(REST_MS - 1_001, asking)).toMatchObject([{ guard: 'veto' }]);
    expect(step(1, asking)).toMatchObject([{ kind: 'decided' }]);
  });

  it('ends with the trouble: the next is asked about', () => {
    const { step } = rejected();
    step(1_000, asking);
    expect(step(1_000, over)).toMatchObject([{ kind: 'veto_ended' }]);
    expect(step(1_000, over)).toEqual([]);
    expect(step(120_000, asking)).toMatchObject([{ kind: 'decided' }]);
  });

  it('is followed by the usual rest only where the config says 0s', () => {
    const { step } = rejected(0);
    expect(step(1_000, asking)).toMatchObject([{ guard: 'cooldown' }]);
  });

  it('can be lifted by a person', () => {
    const { step, enter, decided, at } = rejected();
    step(1_000, asking);
    const { rule, ruleVersion, target, targetKey } = decided;
    const of = { at: at(), rule, ruleVersion, target, targetKey };
    enter({ kind: 'breaker_reset', ...of, by: 'ann', because: 'it is day' });
    expect(step(120_000, asking)).toMatchObject([{ kind: 'decided' }]);
  });

  it('to what was done lasts beyond the moment at which the action still has its effect', () => {
    const history = emptyHistory();
    const enter = (...events: JournalEvent[]) => events.forEach((event) => record(history, event));
    const rule = { ...asking.rule, mode: 'auto' as const, cooldownMs: 0 };
    const at = (outcome: Match['outcome'], nowMs: number) => {
      const matches = [{ ...asking, rule, outcome }];
      const situation = { rules: [rule], matches, facts: buildFacts(), history, policy: POLICY, nowMs };
      const decisions = atOnce(decide(situation));
      enter(...decisions);
      return decisions.map((one) => ('guard' in one ? one.guard : one.kind));
    };
    const decided = { ...buildDecided(), cooldownMs: 0 };
    const request = { by: 'ann', because: 'stale prices', at: T0 + 1_000, plan: buildStarted().plan };
    const rest = { forMs: REST_MS, settleMs: 20_000 };
    enter(decided, buildStarted(), buildFinished(), requestRevert({ decided }, { ...request, rest }));
    const of = { episode: decided.episode, rule: decided.rule };
    enter({ kind: 'reverted', at: T0 + 2_000, ...of, outcome: 'reverted' });
    expect(at('clear', T0 + 4_000)).toEqual([]);
    expect(at('firing', T0 + 6_000)).toEqual(['firing_started', 'veto']);
    expect(at('clear', T0 + 60_000)).toEqual(['firing_ended', 'veto_ended']);
  });
});
