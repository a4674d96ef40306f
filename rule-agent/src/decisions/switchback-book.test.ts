import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildFinished, buildStarted, T0 } from '../../test/build.ts';
import type { SwitchEnded } from '../model/event.ts';
import { isAtRest, nextSwitch } from '../model/next-switch.ts';
import { emptyHistory } from './history-book.ts';
import { record } from './record.ts';
import { fromSnapshot, toSnapshot } from './snapshot.ts';

const EPISODE = 'slow-api-1';
const ORDER = [true, false, false, true, true, false];
const BLOCK_MS = 60_000;
const STARTED_MS = T0 + 20;
const { expect: expected } = buildDecided();
const decided = buildDecided({
  expect: { ...expected, settleMs: 10_000, windowMs: 50_000, switchback: 6 },
  switchbackOrder: ORDER,
});

/** A history in which the action was just applied. */
function applied() {
  const history = emptyHistory();
  for (const event of [decided, buildStarted(), buildFinished()]) record(history, event);
  const episode = () => history.openEpisodes.get(EPISODE)!;
  const ends = (to: 'on' | 'off', given: Partial<SwitchEnded> & { atMs: number }) => {
    const { atMs, ...more } = given;
    const of = { episode: EPISODE, rule: 'slow-api', to };
    record(history, { kind: 'switch_ended', outcome: 'switched', ...of, ...more, at: STARTED_MS + atMs });
  };
  return { history, episode, ends };
}

describe('the switches of a switchback', () => {
  it('come where the order changes, and are over with the last of them', () => {
    const { episode, ends } = applied();
    expect(episode()).toMatchObject({ measuredAtMs: STARTED_MS + 6 * BLOCK_MS });
    expect(nextSwitch(episode())).toMatchObject({ to: 'off', block: 2, atMs: STARTED_MS + BLOCK_MS });
    ends('off', { atMs: BLOCK_MS });
    expect(nextSwitch(episode())).toMatchObject({ to: 'on', block: 4, atMs: STARTED_MS + 3 * BLOCK_MS });
    ends('on', { atMs: 3 * BLOCK_MS });
    expect(nextSwitch(episode())).toMatchObject({ to: 'off', block: 6, atMs: STARTED_MS + 5 * BLOCK_MS });
    ends('off', { atMs: 5 * BLOCK_MS });
    expect(nextSwitch(episode())).toBeUndefined();
    expect(isAtRest(episode())).toBe(true);
  });

  it('begin at once where the first block is to be off', () => {
    const { episode } = applied();
    const switchback = { startedAtMs: T0, isOn: true, nextBlock: 0 };
    const off = { ...decided, switchbackOrder: ORDER.map((isOn) => !isOn) };
    expect(nextSwitch({ ...episode(), decided: off, switchback })).toMatchObject({
      to: 'off',
      block: 1,
      atMs: T0,
    });
  });

  it.each([
    ['improved', 'on'],
    ['inconclusive:not_clear', 'on'],
    ['worsened', undefined],
  ] as const)('after a verdict of %s there is one to %s', (verdict, to) => {
    const { history, episode, ends } = applied();
    ends('off', { atMs: BLOCK_MS });
    const judgement = { verdict, method: 1 };
    const at = STARTED_MS + 6 * BLOCK_MS;
    record(history, { kind: 'switchback_measured', at, episode: EPISODE, rule: 'slow-api', judgement });
    expect(nextSwitch(episode())?.to).toBe(to);
  });

  it.each([
    { outcome: 'missed', wantsOn: true },
    { outcome: 'halted', wantsOn: false },
    { outcome: 'refused', wantsOn: false },
    { outcome: 'changed_since', wantsOn: false },
  ] as const)('are over when one is $outcome; set on after that: $wantsOn', ({ outcome, wantsOn }) => {
    const { episode, ends } = applied();
    ends('off', { atMs: BLOCK_MS });
    ends('on', { atMs: 3 * BLOCK_MS, outcome, because: 'why' });
    expect(episode().switchback).toMatchObject({ isOn: false, ended: { because: 'why', wantsOn } });
    expect(isAtRest(episode())).toBe(!wantsOn);
    ends('on', { atMs: 3 * BLOCK_MS + 1, outcome: 'refused' });
    expect(isAtRest(episode())).toBe(true);
  });

  it.each([
    { lateMs: 6_000, isEnded: false },
    { lateMs: 6_001, isEnded: true },
  ])('are over when one came $lateMs ms late: $isEnded', ({ lateMs, isEnded }) => {
    const { episode, ends } = applied();
    ends('off', { atMs: BLOCK_MS + lateMs });
    expect(episode().switchback?.ended !== undefined).toBe(isEnded);
  });

  it('are known after the journal was shortened', () => {
    const { history, episode, ends } = applied();
    ends('off', { atMs: BLOCK_MS });
    expect(fromSnapshot(toSnapshot(history)).openEpisodes.get(EPISODE)).toEqual(episode());
  });
});
