import { describe, expect, it } from '@jest/globals';
import { atOnce } from '@evenkeel/toolkit';
import { buildBook, buildFacts, buildMatch, buildRule, POLICY, T0, warehouse } from '../../test/build.ts';
import type { Decision, JournalEvent } from '../model/event.ts';
import type { Match } from '../model/match.ts';
import { pendingWork } from '../actions/index.ts';
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
  return { history, step, say, enter, decided, at: () => nowMs };
}

describe('an action that wants a person', () => {
  it('is decided, and not carried out', () => {
    const { history, decided, step } = waiting();
    expect(decided).toMatchObject({ mode: 'approve', approval: { expiresAt: T0 + 60_000, needed: 1 } });
    expect(pendingWork(history)).toEqual([]);
    expect(step(2_000, asking)).toEqual([]);
  });

  it('is released by a yes, and carried out under the key of its decision', () => {
    const { history, decided, step, say } = waiting();
    say('ann');
    const released = step(2_000, asking);
    expect(released).toMatchObject([{ kind: 'released', approvedBy: ['ann'] }]);
    expect(pendingWork(history)).toMatchObject([{ kind: 'execute', decided }]);
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
