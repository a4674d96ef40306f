import { describe, expect, it } from '@jest/globals';
import {
  buildBook,
  buildDecided,
  buildEpisode,
  buildFacts,
  buildMatch,
  buildRule,
  POLICY,
  T0,
  warehouse,
} from '../../../test/build.ts';
import type { Move } from '../../model/history.ts';
import type { Match } from '../../model/match.ts';
import type { Rule } from '../../model/rule.ts';
import { targetKey } from '../../model/target.ts';
import { openClaims } from '../claims.ts';
import { countFleets } from '../fleet.ts';
import { emptyHistory, type HistoryBook } from '../history-book.ts';
import { sumUpStarts } from '../spending.ts';
import { windowsAt } from '../time-window.ts';
import { trackFor } from '../track-book.ts';
import { GUARD_NAMES, type GuardName, GUARDS } from './index.ts';
import type { GuardSituation, Policy } from './guard.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Case {
  rule?: Partial<Rule>;
  policy?: Partial<Policy>;
  history?: HistoryBook;
  matches?: readonly Match[];
  /** Other rules in force. */
  others?: readonly Rule[];
  baselines?: Record<string, number>;
  nowMs?: number;
}

/** What one guard objects to a candidate of a rule on job="warehouse". */
function objection(name: GuardName, given: Case = {}): string | undefined {
  const { rule = {}, policy = {}, history = emptyHistory(), nowMs = T0, baselines = {}, others = [] } = given;
  const match = buildMatch({ rule: buildRule(rule) });
  const situation: GuardSituation = {
    facts: buildFacts(buildBook({}, baselines)),
    history,
    rules: new Map([match.rule, ...others].map((one) => [one.name, one])),
    claims: openClaims(history),
    fleets: countFleets(given.matches ?? [match], history),
    spending: sumUpStarts(history.actionStarts),
    isOpen: windowsAt(nowMs),
    policy: { ...POLICY, ...policy },
    nowMs,
  };
  const track = trackFor(history, {
    rule: match.rule.name,
    target: match.target,
    targetKey: match.targetKey,
  });
  return GUARDS.find((guard) => guard.name === name)!.objection(
    { match, track, firingStart: nowMs },
    situation,
  );
}

function fleet(sick: number, well: number): Match[] {
  const on = (job: string, outcome: Match['outcome']) =>
    buildMatch({ target: { job }, targetKey: targetKey({ job }), outcome });
  return [
    buildMatch(),
    ...Array.from({ length: sick - 1 }, (_, index) => on(`sick-${index}`, 'firing')),
    ...Array.from({ length: well }, (_, index) => on(`well-${index}`, 'clear')),
  ];
}

describe('the guards', () => {
  it.each(GUARD_NAMES)('%s does not object where there is no reason', (name) => {
    expect(objection(name)).toBeUndefined();
  });
});

describe('schedule', () => {
  const schedule = (hours: Partial<Rule['schedule']>) => ({
    rule: { schedule: { timeZone: 'Europe/London', allowed: [], maintenance: [], ...hours } },
  });
  const working = schedule({ allowed: [{ start: '0 8 * * mon-fri', lastsMs: 10 * HOUR_MS }] });
  const at = (time: string) => ({ nowMs: Date.parse(time) });

  it.each([
    ['a moment too early', '2026-11-23T07:59:59Z', 'outside the hours'],
    ['from the first moment on', '2026-11-23T08:00:00Z', undefined],
    ['until the last', '2026-11-23T17:59:59Z', undefined],
    ['a moment too late', '2026-11-23T18:00:00Z', 'outside the hours'],
    ['not on a Sunday', '2026-11-22T12:00:00Z', 'outside the hours'],
    ['an hour earlier in summer', '2026-07-06T07:00:00Z', undefined],
  ])('allows hours: %s', (_when, time, because) => {
    const objected = objection('schedule', { ...working, ...at(time) });
    if (because === undefined) expect(objected).toBeUndefined();
    else expect(objected).toContain(because);
  });

  it("holds back during the rule's maintenance, and the agent's, across midnight", () => {
    const nightly = [{ start: '0 23 * * *', lastsMs: 2 * HOUR_MS }];
    const night = at('2026-11-24T00:30:00Z');
    expect(objection('schedule', { ...schedule({ maintenance: nightly }), ...night })).toContain('the rule');
    expect(objection('schedule', { policy: { maintenance: nightly }, ...night })).toContain('the agent');
    expect(
      objection('schedule', { policy: { maintenance: nightly }, ...at('2026-11-24T01:00:00Z') }),
    ).toBeUndefined();
  });
});

describe('learning', () => {
  const waits = { rule: { whenLearning: 'wait' as const } };

  it('waits for the baselines of what the rule reads and of what it expects to move', () => {
    expect(objection('learning', { ...waits, baselines: { api_latency_p95_seconds: 1 } })).toBeUndefined();
    expect(objection('learning', { ...waits, baselines: { api_latency_p95_seconds: 0 } })).toBe(
      'the baseline of api_latency_p95_seconds is still learning; with when_learning: act the rule does not wait for it',
    );
    expect(objection('learning', waits)).toContain('nothing is known of the baseline');
  });

  it('does not hold back a rule that only watches', () => {
    const rule = { ...waits.rule, mode: 'shadow' as const };
    expect(objection('learning', { rule, baselines: { api_latency_p95_seconds: 0 } })).toBeUndefined();
  });

  it('is not asked by a rule that says so', () => {
    expect(objection('learning', { baselines: { api_latency_p95_seconds: 0 } })).toBeUndefined();
  });
});

describe('budget', () => {
  const started = (rule: string, job: string) => ({
    atMs: T0 - MINUTE_MS,
    rule,
    targetKey: targetKey({ job }),
  });
  const one = { actions: 1, perMs: HOUR_MS };
  const after = (...starts: ReturnType<typeof started>[]) => {
    const history = emptyHistory();
    history.actionStarts = starts;
    return history;
  };

  it('of a rule counts the rule, on whatever target', () => {
    const rule = { budget: { rule: one } };
    expect(objection('budget', { rule, history: after(started('other', 'warehouse')) })).toBeUndefined();
    expect(objection('budget', { rule, history: after(started('slow-api', 'shop')) })).toContain(
      'the rule, 1',
    );
  });

  it('of a target counts the rule on this target', () => {
    const rule = { budget: { target: one } };
    expect(objection('budget', { rule, history: after(started('slow-api', 'shop')) })).toBeUndefined();
    expect(objection('budget', { rule, history: after(started('slow-api', 'warehouse')) })).toContain(
      'on this target',
    );
  });

  it('counts what is decided and not started yet', () => {
    const history = emptyHistory();
    history.openEpisodes.set('e', buildEpisode({ state: 'decided' }));
    expect(objection('budget', { policy: { budget: one }, history })).toContain('the agent');
  });
});

describe('blast radius', () => {
  it('calls it a storm when more than the share of many targets is sick', () => {
    expect(objection('blast_radius', { matches: fleet(2, 2) })).toBeUndefined();
    expect(objection('blast_radius', { matches: fleet(3, 1) })).toContain('storm');
  });

  it('does not judge a few targets', () => {
    expect(objection('blast_radius', { matches: fleet(3, 0) })).toBeUndefined();
  });

  it('bounds how many are worked on at once', () => {
    const history = emptyHistory();
    for (const job of ['a', 'b']) {
      const decided = buildDecided({ episode: job, target: { job }, targetKey: targetKey({ job }) });
      history.openEpisodes.set(job, buildEpisode({ decided }));
    }
    expect(objection('blast_radius', { history, matches: fleet(1, 5) })).toBeUndefined();
    expect(objection('blast_radius', { history, matches: fleet(1, 4) })).toContain('worked on');
  });
});

describe('conflict', () => {
  const holding = (decided: Parameters<typeof buildDecided>[0]) => {
    const history = emptyHistory();
    history.openEpisodes.set('e', buildEpisode({ decided: buildDecided(decided) }));
    return history;
  };
  const other = { kind: 'knob', system: 'warehouse', name: 'pool', change: { set: 1 } } as const;

  it('objects to a second action on a signal that is being measured, also on a part of its target', () => {
    expect(objection('conflict', { history: holding({ action: other }) })).toContain(
      'is measured by episode',
    );
    const wider = { action: other, target: {} };
    expect(objection('conflict', { history: holding(wider) })).toContain('is measured by episode');
    const elsewhere = { action: other, target: { job: 'shop' } };
    expect(objection('conflict', { history: holding(elsewhere) })).toBeUndefined();
  });

  it('lets a message be beside an action, and an action beside a message', () => {
    const note = { kind: 'notify', system: 'desk', name: 'note', text: 'slow', severity: 'warning' } as const;
    expect(objection('conflict', { history: holding({ action: note }) })).toBeUndefined();
    const beside = { history: holding({ action: other }), rule: { action: note } };
    expect(objection('conflict', beside)).toBeUndefined();
  });

  it('leaves a knob alone that is being put back', () => {
    const history = emptyHistory();
    const { rule, ruleVersion, target, targetKey: key, episode, cooldownMs } = buildDecided();
    const plan = buildEpisode().plan!;
    history.reverts.set(episode, {
      requested: {
        kind: 'revert_requested',
        ...{ at: T0, rule, ruleVersion, target, targetKey: key, episode, cooldownMs, plan },
        by: 'ann',
        because: 'no',
      },
    });
    expect(objection('conflict', { history })).toBe(
      'warehouse/cache_ttl is held by the revert of slow-api-1',
    );
  });

  it('does not hold anything for what waits for a person', () => {
    const history = emptyHistory();
    history.openEpisodes.set('e', buildEpisode({ state: 'awaiting_approval' }));
    expect(objection('conflict', { history })).toBeUndefined();
  });
});

describe('oscillation', () => {
  const policy = { oscillation: { turns: 2, withinMs: HOUR_MS, restMs: 24 * HOUR_MS } };
  const other = buildRule({ name: 'stale-catalogue' });
  const move = (minutesAgo: number, [from, to]: [number, number], by = buildRule()): Move => ({
    ...{ atMs: T0 - minutesAgo * MINUTE_MS, from, to },
    ...{ rule: by.name, ruleVersion: by.version, targetKey: targetKey(warehouse) },
  });
  const after = (...moves: Move[]) => {
    const history = emptyHistory();
    history.moves.set('warehouse/cache_ttl', moves);
    return history;
  };
  const fight = after(move(30, [2, 120]), move(20, [120, 2], other), move(10, [2, 120]));

  it('stops what rules move back and forth, and names them', () => {
    expect(objection('oscillation', { policy, history: fight, others: [other] })).toBe(
      'warehouse/cache_ttl was moved back and forth 2 times within 1h: rules slow-api and stale-catalogue undo each other; nothing moves it until 2026-11-24T11:50:00.000Z',
    );
  });

  it('stops a rule whose setting something else undoes', () => {
    const history = after(move(30, [2, 120]), move(20, [2, 120]), move(10, [2, 120]));
    expect(objection('oscillation', { policy, history })).toContain(
      'something that is not the agent undoes what rule slow-api sets',
    );
  });

  it('lets rare turns be, and gives another chance after the rest', () => {
    const slow = after(move(200, [2, 120]), move(90, [120, 2], other), move(10, [2, 120]));
    expect(objection('oscillation', { policy, history: slow, others: [other] })).toBeUndefined();
    const nowMs = T0 + 24 * HOUR_MS - 10 * MINUTE_MS;
    expect(objection('oscillation', { policy, history: fight, others: [other], nowMs: nowMs - 1 })).toContain(
      'back and forth',
    );
    expect(objection('oscillation', { policy, history: fight, others: [other], nowMs })).toBeUndefined();
  });

  it.each([
    ['was changed', { ...other, version: 'cccccccccccc' }],
    ['only watches now', { ...other, mode: 'shadow' as const }],
    ['is off', { ...other, mode: 'off' as const }],
  ])('lets go when one of the rules %s', (_what, now) => {
    expect(objection('oscillation', { policy, history: fight, others: [now] })).toBeUndefined();
  });

  it('lets go when one of the rules is gone', () => {
    expect(objection('oscillation', { policy, history: fight })).toBeUndefined();
  });

  it('says nothing of another knob', () => {
    const rule = { action: { kind: 'knob', system: 'warehouse', name: 'pool', change: { set: 1 } } } as const;
    expect(objection('oscillation', { rule, policy, history: fight, others: [other] })).toBeUndefined();
  });
});

describe('breaker', () => {
  const having = (results: Partial<ReturnType<typeof resultsOf>>) => {
    const history = emptyHistory();
    const track = trackFor(history, { rule: 'slow-api', target: warehouse, targetKey: targetKey(warehouse) });
    track.results = { ...resultsOf(), ...results };
    return history;
  };
  const resultsOf = () => ({
    ruleVersion: buildRule().version,
    worsened: 0,
    useless: 0,
    noEffect: 0,
    rolledBack: false,
  });

  it('opens after two that made things worse, or three that did nothing', () => {
    expect(objection('breaker', { history: having({ worsened: 1, useless: 2 }) })).toBeUndefined();
    expect(objection('breaker', { history: having({ worsened: 2 }) })).toContain('made things worse');
    expect(objection('breaker', { history: having({ useless: 3 }) })).toContain('no effect');
  });

  it('gives a new version of the rule a chance', () => {
    expect(objection('breaker', { history: having({ worsened: 2, ruleVersion: 'b' }) })).toBeUndefined();
  });
});

describe('flapping', () => {
  it('objects when the condition came and went too often, of late', () => {
    const ended = (agoMs: number) => {
      const history = emptyHistory();
      const track = trackFor(history, {
        rule: 'slow-api',
        target: warehouse,
        targetKey: targetKey(warehouse),
      });
      track.firingEndsMs = [1, 2, 3].map((nth) => T0 - nth * agoMs);
      return { history, policy: { flapping: { times: 3, withinMs: HOUR_MS } } };
    };
    expect(objection('flapping', ended(10 * MINUTE_MS))).toContain('at least 3 times');
    expect(objection('flapping', ended(25 * MINUTE_MS))).toBeUndefined();
  });
});

describe('facts', () => {
  it('objects to what is unknown, with its reason', () => {
    const unknown = buildMatch({ outcome: 'unknown', because: 'latency is missing: gone' });
    const guard = GUARDS.find(({ name }) => name === 'facts')!;
    expect(guard.objection({ match: unknown } as never, {} as never)).toBe('latency is missing: gone');
  });
});
