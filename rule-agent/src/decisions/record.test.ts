import { describe, expect, it } from '@jest/globals';
import { atOnce } from '@evenkeel/toolkit';
import { buildDecided, buildFinished, buildMatch, buildStarted, T0, warehouse } from '../../test/build.ts';
import type { JournalEvent } from '../model/event.ts';
import { targetKey } from '../model/target.ts';
import { emptyHistory } from './history-book.ts';
import { phaseOf } from './phase-of.ts';
import { record } from './record.ts';
import { forgetGoneTargets, knownTargets, observe, resumeFirings } from './track-book.ts';

const KEY = 'slow-api{job="warehouse"}';
const HOUR_MS = 3_600_000;

const verified: JournalEvent = {
  kind: 'verified',
  at: T0 + 30_000,
  episode: 'slow-api-1',
  rule: 'slow-api',
  verdict: 'inconclusive:not_measured',
  observedAfter: { status: 'missing', because: 'gone' },
};

function after(...events: JournalEvent[]) {
  const history = emptyHistory();
  for (const event of events) record(history, event);
  return history;
}

function phaseAfter(nowMs: number, ...events: JournalEvent[]) {
  const history = after(...events);
  return phaseOf(history.tracks.get(KEY)!, history, nowMs);
}

describe('the phases of an episode', () => {
  it('follow from the events: executing, settling, cooldown, idle', () => {
    const [decided, started, finished] = [buildDecided(), buildStarted(), buildFinished()];
    expect(phaseAfter(T0, decided)).toBe('executing');
    expect(phaseAfter(T0, decided, started)).toBe('executing');
    expect(phaseAfter(T0, decided, started, finished)).toBe('settling');
    expect(phaseAfter(T0 + 31_000, decided, started, finished, verified)).toBe('cooldown');
    expect(phaseAfter(T0 + 150_000, decided, started, finished, verified)).toBe('idle');
  });

  it.each(['nothing_to_do', 'failed', 'halted', 'abandoned', 'unclear'] as const)(
    '%s does not settle: the rule rests at once, and the knob is free',
    (outcome) => {
      const history = after(buildDecided(), buildStarted(), buildFinished({ outcome }));
      expect(history.openEpisodes.size).toBe(0);
      expect(history.tracks.get(KEY)).toMatchObject({ cooldownUntilMs: T0 + 20 + 120_000 });
    },
  );

  it('are unknown while the facts are, and pending while `for` runs', () => {
    const history = emptyHistory();
    atOnce(observe(history, [buildMatch({ outcome: 'unknown', because: 'gone' })], T0));
    expect(phaseOf(history.tracks.get(KEY)!, history, T0)).toBe('unknown');
    record(history, {
      kind: 'firing_started',
      at: T0,
      rule: 'slow-api',
      ruleVersion: 'a',
      target: warehouse,
      targetKey: targetKey(warehouse),
      facts: {},
    });
    atOnce(observe(history, [buildMatch()], T0));
    expect(phaseOf(history.tracks.get(KEY)!, history, T0)).toBe('pending');
  });
});

describe('a history', () => {
  it('counts action starts for a day', () => {
    const history = after(
      buildStarted({ at: T0 - 25 * HOUR_MS }),
      buildStarted({ at: T0 - HOUR_MS }),
      buildStarted({ at: T0 }),
    );
    expect(history.actionStarts.map(({ atMs }) => atMs)).toEqual([T0 - HOUR_MS, T0]);
  });

  it('counts a firing as watched until the agent was last alive', () => {
    const started = {
      kind: 'firing_started',
      at: T0,
      rule: 'slow-api',
      ruleVersion: 'a',
      target: warehouse,
      targetKey: targetKey(warehouse),
      facts: {},
    } as const;
    const history = after(started);
    resumeFirings(history, T0 + 60_000);
    expect(history.tracks.get(KEY)?.firing).toEqual({
      sinceMs: T0,
      confirmedAtMs: T0 + 60_000,
      interrupted: false,
      looks: [],
    });
  });

  it('remembers targets that are gone for a while, then forgets those with nothing to wait for', () => {
    const history = emptyHistory();
    atOnce(observe(history, [buildMatch({ outcome: 'clear' })], T0));
    atOnce(observe(history, [buildMatch({ outcome: 'unknown', because: 'gone' })], T0 + HOUR_MS));
    forgetGoneTargets(history, T0, T0 + HOUR_MS);
    expect(knownTargets(history).get('slow-api')).toMatchObject([{ target: warehouse }]);
    forgetGoneTargets(history, T0 + 1, T0 + HOUR_MS);
    expect(knownTargets(history).size).toBe(0);
  });

  it('does not forget a target that is gone but cooling down or in flight', () => {
    const history = after(buildDecided());
    atOnce(observe(history, [buildMatch({ outcome: 'unknown', because: 'gone' })], T0));
    forgetGoneTargets(history, T0 + HOUR_MS, T0 + HOUR_MS);
    expect(history.tracks.has(KEY)).toBe(true);
  });
});
