import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildDecided,
  buildFinished,
  buildMatch,
  buildRule,
  buildStarted,
  POLICY,
  T0,
} from '../../test/build.ts';
import { timeline } from '../../test/timeline.ts';
import type { Decision, JournalEvent, Pause } from '../model/event.ts';
import type { Match } from '../model/match.ts';
import { targetKey } from '../model/target.ts';

const firing = buildMatch();
const between = buildMatch({ outcome: 'between' });
const clear = buildMatch({ outcome: 'clear' });
const unknown = buildMatch({ outcome: 'unknown', because: 'latency is missing: gone' });
const at = (match: Match, target: Record<string, string>) => ({
  ...match,
  target,
  targetKey: targetKey(target),
});

function kinds(decisions: readonly Decision[]): string[] {
  return decisions.map((decision) => {
    if (decision.kind === 'suppressed') return `suppressed by ${decision.guard}`;
    return decision.kind === 'firing_ended' ? `ended: ${decision.reason}` : decision.kind;
  });
}

describe('a firing', () => {
  it('is pending for as long as `for` says, then acts once', () => {
    const time = timeline();
    expect(kinds(time.step(0, firing))).toEqual(['firing_started']);
    expect(kinds(time.step(9_999, firing))).toEqual([]);
    expect(kinds(time.step(1, firing))).toEqual(['decided']);
    expect(kinds(time.step(2_000, clear))).toEqual([]);
  });

  it('acts at once where `for` is 0', () => {
    const match = buildMatch({ rule: buildRule({ holding: { steadyMs: 0 } }) });
    expect(kinds(timeline().step(0, match))).toEqual(['firing_started', 'decided']);
  });

  it('that clears before `for` is over starts anew', () => {
    const time = timeline();
    time.step(0, firing);
    expect(kinds(time.step(5_000, clear))).toEqual(['ended: clear']);
    expect(kinds(time.step(5_000, firing))).toEqual(['firing_started']);
  });

  it('must hold without a break while it is pending: between is a break', () => {
    const time = timeline();
    time.step(0, firing);
    expect(kinds(time.step(5_000, between))).toEqual(['ended: not_held']);
  });

  it('goes on between fire and clear once `for` is over, but acts only when it holds', () => {
    const time = timeline();
    time.enter({ kind: 'pause_created', at: T0, pause: pauseOf({ endsAt: T0 + 12_000 }) });
    time.step(0, firing);
    expect(kinds(time.step(10_000, firing))).toEqual(['suppressed by pause']);
    expect(kinds(time.step(5_000, between))).toEqual([]);
    expect(kinds(time.step(1_000, firing))).toEqual(['decided']);
  });

  it('that nobody watched for a while starts anew', () => {
    const time = timeline();
    time.step(0, firing);
    expect(kinds(time.step(30_001, firing))).toEqual(['ended: interrupted', 'firing_started']);
  });

  it('that began in what is the future, since the clock was set back, starts anew and is held as long as any other', () => {
    const time = timeline();
    time.step(0, firing);
    expect(kinds(time.step(-3_600_000, firing))).toEqual(['ended: interrupted', 'firing_started']);
    expect(kinds(time.step(10_000, firing))).toEqual(['decided']);
  });

  it('records the facts and the expected signal as they were', () => {
    const time = timeline();
    time.step(0, firing);
    const [decided] = time.step(10_000, firing);
    expect(decided).toMatchObject({
      kind: 'decided',
      mode: 'auto',
      firingStart: T0,
      facts: firing.facts,
      observedBefore: { status: 'ok', value: 3 },
    });
  });

  it('has one key for rule version, target and start, and another when any of them differs', () => {
    const keyOf = (match: Match, startMs = 0) => {
      const time = timeline();
      time.step(startMs, match);
      const decided = time.step(10_000, match).find(({ kind }) => kind === 'decided');
      return decided?.kind === 'decided' ? decided.idempotencyKey : '';
    };
    expect(keyOf(firing)).toBe(keyOf(firing));
    const others = [
      keyOf(firing, 1),
      keyOf(at(firing, { job: 'shop' })),
      keyOf(buildMatch({ rule: buildRule({ version: 'bbbbbbbbbbbb' }) })),
    ];
    expect(new Set([keyOf(firing), ...others]).size).toBe(4);
  });
});

describe('unknown facts', () => {
  it('start nothing', () => {
    expect(timeline().step(0, unknown)).toEqual([]);
  });

  it('hold a firing back, say why once, and make it fulfil `for` again', () => {
    const time = timeline();
    time.step(0, firing);
    expect(kinds(time.step(9_000, unknown))).toEqual(['suppressed by facts']);
    expect(kinds(time.step(2_000, unknown))).toEqual([]);
    expect(kinds(time.step(2_000, firing))).toEqual(['ended: interrupted', 'firing_started']);
    expect(kinds(time.step(9_999, firing))).toEqual([]);
    expect(kinds(time.step(1, firing))).toEqual(['decided']);
  });

  it('never lead to an action, whatever the order of what is seen', () => {
    const outcome = fc.constantFrom<Match['outcome']>('firing', 'clear', 'between', 'unknown');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(outcome, fc.integer({ min: 0, max: 20_000 })), { maxLength: 40 }),
        (seen) => {
          const time = timeline();
          let heldSinceMs: number | undefined;
          for (const [given, afterMs] of seen) {
            const decided = time
              .step(afterMs, buildMatch({ outcome: given }))
              .some(({ kind }) => kind === 'decided');
            if (given === 'unknown' || given === 'clear') heldSinceMs = undefined;
            if (given === 'firing') heldSinceMs ??= time.at();
            // An action needs a firing that is seen now, and known all the way back for `for`.
            if (decided) expect(given).toBe('firing');
            if (decided) expect(time.at() - heldSinceMs!).toBeGreaterThanOrEqual(10_000);
          }
        },
      ),
    );
  });
});

describe('shadow mode', () => {
  const shadow = buildMatch({ rule: buildRule({ mode: 'shadow', holding: { steadyMs: 0 } }) });

  it('decides as auto does, but opens no episode in flight', () => {
    const time = timeline();
    expect(time.step(0, shadow)).toMatchObject([
      { kind: 'firing_started' },
      { kind: 'decided', mode: 'shadow' },
    ]);
    expect(time.history.openEpisodes.size).toBe(0);
  });

  it('rests as long as auto would: settling, then cooldown', () => {
    const time = timeline();
    time.step(0, shadow);
    expect(kinds(time.step(1_000, shadow))).toEqual(['firing_started', 'suppressed by cooldown']);
    expect(kinds(time.step(20_000, shadow))).toEqual([]);
    for (let waitedMs = 21_000; waitedMs < 121_000; waitedMs += 20_000) time.step(20_000, shadow);
    expect(kinds(time.step(18_999, shadow))).toEqual([]);
    expect(kinds(time.step(1, shadow))).toEqual(['decided']);
  });

  it('takes nothing from those that act: neither knob nor budget', () => {
    const time = timeline({ ...POLICY, budget: { actions: 1, perMs: 60_000 } });
    const auto = buildMatch({ rule: buildRule({ name: 'z-auto', holding: { steadyMs: 0 } }) });
    expect(kinds(time.step(0, shadow, auto))).toEqual([
      'firing_started',
      'decided',
      'firing_started',
      'decided',
    ]);
  });
});

function pauseOf(overrides: Partial<Pause> = {}): Pause {
  return { id: 'p', reason: 'stocktaking', createdBy: 'ann', createdAt: T0, ...overrides };
}

describe('the guards', () => {
  const eager = buildRule({ holding: { steadyMs: 0 } });
  const match = buildMatch({ rule: eager });

  it('hold back under the kill switch, and under a pause of everything or of this rule', () => {
    const under = (...events: JournalEvent[]) => {
      const time = timeline();
      time.enter(...events);
      return time.step(0, match).at(-1);
    };
    expect(
      under({ kind: 'kill_switch_changed', at: T0, engaged: true, because: 'the file STOP exists' }),
    ).toMatchObject({
      guard: 'pause',
      because: 'kill switch: the file STOP exists',
    });
    const paused = (overrides: Partial<Pause>) =>
      under({ kind: 'pause_created', at: T0, pause: pauseOf(overrides) });
    expect(paused({})).toMatchObject({ guard: 'pause', because: 'paused by ann: stocktaking' });
    expect(paused({ rule: 'slow-api' })).toMatchObject({ guard: 'pause' });
    expect(paused({ rule: 'other' })).toMatchObject({ kind: 'decided' });
    expect(paused({ endsAt: T0 })).toMatchObject({ kind: 'decided' });
  });

  it('are asked in their order: the pause is reported before the facts, the cooldown before the budget', () => {
    const time = timeline({ ...POLICY, budget: { actions: 0, perMs: 60_000 } });
    expect(kinds(time.step(0, match))).toEqual(['firing_started', 'suppressed by budget']);
    time.history.tracks.get('slow-api{job="warehouse"}')!.cooldownUntilMs = T0 + 60_000;
    expect(kinds(time.step(1_000, match))).toEqual(['suppressed by cooldown']);
    expect(kinds(time.step(1_000, unknown))).toEqual(['suppressed by facts']);
    time.enter({ kind: 'pause_created', at: T0, pause: pauseOf() });
    expect(kinds(time.step(1_000, unknown))).toEqual(['suppressed by pause']);
  });

  it('are journalled once for each reason, not once a cycle', () => {
    const time = timeline();
    time.enter({ kind: 'pause_created', at: T0, pause: pauseOf() });
    const all = Array.from({ length: 50 }, () => time.step(2_000, match)).flat();
    expect(kinds(all)).toEqual(['firing_started', 'suppressed by pause']);
  });

  it('let the cooldown pass after the verdict, and then act again under a new key', () => {
    const time = timeline();
    const decided = time.step(0, match).at(-1);
    if (decided?.kind !== 'decided') throw new Error('not decided');
    const { episode } = decided;
    time.enter(buildStarted({ episode, at: T0 }), buildFinished({ episode, at: T0 }), {
      kind: 'verified',
      at: T0 + 20_000,
      episode,
      rule: 'slow-api',
      verdict: 'inconclusive:not_measured',
      observedAfter: unknownFact,
    });
    expect(kinds(time.step(20_000, match))).toEqual(['firing_started', 'suppressed by cooldown']);
    for (let waitedMs = 20_000; waitedMs < 120_000; waitedMs += 20_000)
      expect(time.step(20_000, match)).toEqual([]);
    expect(kinds(time.step(19_999, match))).toEqual([]);
    const [again] = time.step(1, match);
    expect(again).toMatchObject({ kind: 'decided' });
    expect(again).not.toMatchObject({ idempotencyKey: decided.idempotencyKey });
  });

  it('keep a budget over all rules, within a cycle and across', () => {
    const time = timeline({ ...POLICY, budget: { actions: 2, perMs: 60_000 } });
    time.enter(buildStarted({ at: T0 - 59_999 }));
    const [one, two] = ['one', 'two'].map((name) =>
      buildMatch({ rule: { ...eager, name, action: { ...eager.action, name } } }),
    );
    expect(kinds(time.step(0, one!, two!))).toEqual([
      'firing_started',
      'decided',
      'firing_started',
      'suppressed by budget',
    ]);
    time.enter(
      buildFinished({ episode: [...time.history.openEpisodes.keys()][0]!, outcome: 'nothing_to_do' }),
    );
    expect(kinds(time.step(2, two!))).toEqual(['decided']);
  });

  it('let one action at a time move a knob: priority decides, then the name, then the target', () => {
    const rules = [
      buildMatch({ rule: { ...eager, name: 'b', priority: 2 } }),
      buildMatch({ rule: { ...eager, name: 'c', priority: 1 } }),
      at(buildMatch({ rule: { ...eager, name: 'a', priority: 2 } }), { job: 'shop' }),
      buildMatch({ rule: { ...eager, name: 'a', priority: 2 } }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: 4 }), (shuffled) => {
        const decided = timeline().step(0, ...shuffled);
        expect(
          decided.filter(({ kind }) => kind !== 'firing_started').map(({ rule, kind }) => `${rule} ${kind}`),
        ).toEqual(['c decided', 'a suppressed', 'a suppressed', 'b suppressed']);
      }),
      { numRuns: 20 },
    );
  });

  it('leave a knob to the episode that is still settling', () => {
    const time = timeline();
    time.enter(buildDecided(), buildStarted(), buildFinished());
    const other = buildMatch({ rule: { ...eager, name: 'other' } });
    expect(time.step(0, other).at(-1)).toMatchObject({
      guard: 'conflict',
      because: 'warehouse/cache_ttl is held by episode slow-api-1',
    });
  });
});

const unknownFact = { status: 'missing', because: 'x' } as const;
