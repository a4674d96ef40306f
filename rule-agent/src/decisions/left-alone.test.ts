import { describe, expect, it } from '@jest/globals';
import { buildFinished, buildMatch, buildRule, buildStarted, ok, POLICY, T0 } from '../../test/build.ts';
import { timeline } from '../../test/timeline.ts';
import type { Decided, Decision, JournalEvent } from '../model/event.ts';
import type { Rule } from '../model/rule.ts';
import { drawFrom, firingKey } from './firing-key.ts';
import { fromSnapshot, toSnapshot } from './snapshot.ts';

const MINUTE_MS = 60_000;
const expected = { ...buildRule().expect, settleMs: 5 * MINUTE_MS, windowMs: 15 * MINUTE_MS };
const ALL = { ...POLICY, holdOut: 'all' as const, continuityMs: 60 * MINUTE_MS };
const HELD_MS = (5 + 15 + 4) * MINUTE_MS;
const TRACK = 'slow-api{job="warehouse"}';

/** Of a rule that leaves some firings alone, and acts at once on the others. */
const matchOf = (outcome: 'firing' | 'clear' = 'firing', of: Partial<Rule> = {}) =>
  buildMatch({
    outcome,
    rule: buildRule({ holding: { steadyMs: 0 }, expect: { ...expected, holdOut: 0.1 }, ...of }),
  });

const kinds = (decisions: readonly Decision[]) =>
  decisions.map((decision) => (decision.kind === 'suppressed' ? decision.guard : decision.kind));

describe('a firing that is drawn', () => {
  it('is left alone for as long as an action is watched, and acted on then', () => {
    const time = timeline(ALL);
    expect(kinds(time.step(0, matchOf()))).toEqual(['firing_started', 'hold_out']);
    expect(time.step(HELD_MS - 1, matchOf())).toEqual([]);
    expect(kinds(time.step(1, matchOf()))).toEqual(['decided']);
  });

  it('says why, how often, and until when', () => {
    const [, suppressed] = timeline(ALL).step(0, matchOf());
    expect(suppressed).toMatchObject({
      because:
        'left alone on purpose: 1 in 10 firings, until 2026-11-23T12:24:00.000Z, to learn whether the action helps; ' +
        'a reset of the rule ends it',
    });
    const third = matchOf('firing', { expect: { ...expected, holdOut: 0.3 } });
    expect(timeline(ALL).step(0, third)[1]).toMatchObject({
      because: expect.stringContaining('30 % of firings'),
    });
  });

  it('is judged from the moment at which it would have been acted on', () => {
    const time = timeline(ALL);
    time.step(0, matchOf());
    expect([...time.history.unacted.values()]).toMatchObject([
      { at: T0, guard: 'hold_out', expect: { windowMs: 15 * MINUTE_MS }, rule: 'slow-api' },
    ]);
  });

  it('is left alone after a restart, too', () => {
    const before = timeline(ALL);
    before.step(0, matchOf());
    const time = timeline(ALL, fromSnapshot(toSnapshot(before.history)));
    expect(time.step(HELD_MS - 1, matchOf())).toEqual([]);
    expect(kinds(time.step(1, matchOf()))).toEqual(['decided']);
  });

  it('has company when its condition clears and holds again: what was done then would be seen in its window', () => {
    const time = timeline(ALL);
    time.step(0, matchOf());
    time.step(MINUTE_MS, matchOf('clear'));
    expect(kinds(time.step(MINUTE_MS, matchOf()))).toEqual(['firing_started', 'hold_out']);
    expect(time.history.unacted.size).toBe(1);
  });

  it('is acted on when a person resets the rule, or changes it', () => {
    const time = timeline(ALL);
    const { rule, target, targetKey } = matchOf();
    time.step(0, matchOf());
    time.enter({
      ...{ kind: 'breaker_reset', at: T0, rule: rule.name, ruleVersion: rule.version, target, targetKey },
      ...{ by: 'ann', because: 'now' },
    });
    expect(kinds(time.step(MINUTE_MS, matchOf()))).toEqual(['decided']);
    const changed = timeline(ALL);
    changed.step(0, matchOf());
    const other = matchOf('firing', { version: 'bbbbbbbbbbbb', expect: expected });
    expect(kinds(changed.step(MINUTE_MS, other))).toEqual(['decided']);
  });

  it('counts as one that was left alone, not as one that was acted on: only those that last come to that', () => {
    const time = timeline(ALL);
    time.step(0, matchOf());
    const [decided] = time.step(HELD_MS, matchOf()) as [Decided];
    expect(decided.afterControl).toBe(true);
    enterVerdict(time, decided);
    expect(time.history.outcomes.get('slow-api')?.treated ?? []).toEqual([]);
    const acted = timeline({ ...ALL, holdOut: 'none' });
    enterVerdict(acted, acted.step(0, matchOf())[1] as Decided);
    expect(acted.history.outcomes.get('slow-api')?.treated).toEqual([{ errorPerSpread: 2 }]);
  });
});

function enterVerdict(time: ReturnType<typeof timeline>, { episode }: Decided): void {
  const judgement = { verdict: 'improved', method: 1, error: 2, spread: 1 } as const;
  time.enter(buildStarted({ episode }), buildFinished({ episode }), {
    ...{ kind: 'verified', at: T0 + HELD_MS, episode, rule: 'slow-api', verdict: 'improved' },
    ...{ judgement, observedAfter: ok(1) },
  });
}

describe('the draw', () => {
  const guards = (of: Partial<Rule>, policy = ALL) => kinds(timeline(policy).step(0, matchOf('firing', of)));

  it('is for rules that act by themselves, where they have a share of it', () => {
    expect(guards({ mode: 'approve' })).toEqual(['firing_started', 'decided']);
    expect(guards({ mode: 'shadow' })).toEqual(['firing_started', 'decided']);
    expect(guards({ expect: expected })).toEqual(['firing_started', 'decided']);
  });

  it('leaves about the share of firings alone, those that their keys say', () => {
    const drawn = { ...ALL, holdOut: 'drawn' as const };
    const starts = Array.from({ length: 300 }, (_, index) => T0 + index);
    const held = starts.filter((start) => {
      const time = timeline(drawn);
      return kinds(time.step(start - T0, matchOf())).includes('hold_out');
    });
    expect(held).toEqual(starts.filter((start) => drawFrom(firingKey(matchOf(), start), 'hold_out') < 0.1));
    expect(held.length).toBeGreaterThan(15);
    expect(held.length).toBeLessThan(45);
  });

  it('says nothing of a rule that does not fire', () => {
    expect(timeline(ALL).step(0, matchOf('clear'))).toEqual([]);
  });
});

describe('a firing under a stop', () => {
  const paused = (overrides: Partial<Extract<JournalEvent, { kind: 'pause_created' }>['pause']> = {}) =>
    ({
      kind: 'pause_created',
      at: T0,
      pause: { id: 'p', reason: 'move', createdBy: 'ann', createdAt: T0, ...overrides },
    }) as const;
  const held = { holding: { steadyMs: MINUTE_MS } };

  /** How many firings are kept to be judged, of one that is held back after it has held for a minute. */
  function kept(...events: JournalEvent[]) {
    const time = timeline({ ...ALL, holdOut: 'none' });
    time.enter(...events);
    time.step(1, matchOf('firing', held));
    time.step(MINUTE_MS, matchOf('firing', held));
    return time;
  }

  it('is judged where the stop was there before it, and outlasts it', () => {
    expect(kept(paused()).history.unacted.size).toBe(1);
    expect(kept(paused({ rule: 'slow-api', endsAt: T0 + 60 * MINUTE_MS })).history.unacted.size).toBe(1);
    const stop = { kind: 'kill_switch_changed', at: T0, engaged: true, because: 'STOP' } as const;
    expect(kept(stop).history.unacted.size).toBe(1);
    expect(kept(stop, { ...stop, at: T0 + 30_000, because: 'STOP, still' }).history.unacted.size).toBe(1);
  });

  it('is not judged where the stop came for it, is too short, or is not what held it back', () => {
    expect(kept(paused({ createdAt: T0 + 30_000 })).history.unacted.size).toBe(0);
    expect(kept(paused({ endsAt: T0 + 5 * MINUTE_MS })).history.unacted.size).toBe(0);
    const time = timeline({ ...ALL, holdOut: 'none' });
    time.enter(paused());
    time.history.tracks.set(TRACK, {
      ...{ rule: 'slow-api', target: matchOf().target, targetKey: matchOf().targetKey },
      ...{ cooldownUntilMs: T0 + MINUTE_MS, firingEndsMs: [] },
      results: { ruleVersion: '', worsened: 0, useless: 0, noEffect: 0, rolledBack: false },
    });
    time.step(1, matchOf());
    time.step(2 * MINUTE_MS, matchOf());
    expect(time.history.unacted.size).toBe(0);
  });

  it('is forgotten when the stop ends before its window: then only what clears by itself would be seen', () => {
    const time = kept(paused());
    time.enter({ kind: 'pause_ended', at: T0 + 20 * MINUTE_MS, id: 'p', endedBy: 'ann' });
    expect(time.history.unacted.size).toBe(0);
    const later = kept(paused());
    later.enter({ kind: 'pause_ended', at: T0 + 22 * MINUTE_MS, id: 'p', endedBy: 'ann' });
    expect(later.history.unacted.size).toBe(1);
    const other = kept(paused(), paused({ id: 'q', rule: 'other' }));
    other.enter({ kind: 'pause_ended', at: T0 + 2 * MINUTE_MS, id: 'q', endedBy: 'ann' });
    expect(other.history.unacted.size).toBe(1);
    const stop = { kind: 'kill_switch_changed', at: T0, engaged: true, because: 'STOP' } as const;
    const stopped = kept(stop);
    stopped.enter({ ...stop, at: T0 + 5 * MINUTE_MS, engaged: false, because: '' });
    expect(stopped.history.unacted.size).toBe(0);
  });
});
