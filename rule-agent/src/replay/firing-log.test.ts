import { describe, expect, it } from '@jest/globals';
import { T0, warehouse } from '../../test/build.ts';
import type { JournalEvent } from '../model/event.ts';
import { targetKey } from '../model/target.ts';
import { FiringLog } from './firing-log.ts';

const STEP_MS = 60_000;
const of = { rule: 'slow-api', ruleVersion: 'a', target: warehouse, targetKey: targetKey(warehouse) };

/** Events of one rule on one target, each at a step. */
function firingsOf(...events: [step: number, event: object][]) {
  const log = new FiringLog(STEP_MS);
  for (const [step, event] of events)
    log.add({ ...of, at: T0 + step * STEP_MS, ...event } as unknown as JournalEvent);
  return log.finish(T0 + 100 * STEP_MS).map(({ startMs, endMs, ended, decided, suppressed }) => ({
    from: (startMs - T0) / STEP_MS,
    to: endMs === undefined ? undefined : (endMs - T0) / STEP_MS,
    ended,
    actions: decided.length,
    guards: suppressed.map(({ guard }) => guard),
  }));
}

const started = { kind: 'firing_started', facts: {} };
const decided = { kind: 'decided', mode: 'auto' };
const heldBack = { kind: 'suppressed', guard: 'cooldown', because: 'it rests' };
const clear = { kind: 'firing_ended', reason: 'clear' };

describe('the firings of a replay', () => {
  it('go on after a decision for as long as the condition holds', () => {
    expect(firingsOf([0, started], [2, decided], [3, started], [5, heldBack], [9, clear])).toEqual([
      { from: 0, to: 9, ended: 'clear', actions: 1, guards: ['cooldown'] },
    ]);
  });

  it('are over with the cycle after a decision in which the condition no longer holds', () => {
    expect(firingsOf([0, started], [2, decided], [20, started], [22, decided])).toEqual([
      { from: 0, to: 3, ended: 'clear', actions: 1, guards: [] },
      { from: 20, to: 23, ended: 'clear', actions: 1, guards: [] },
    ]);
  });

  it('have no end while they go on', () => {
    expect(firingsOf([0, started], [2, decided], [3, started])).toMatchObject([{ from: 0, to: undefined }]);
  });
});
