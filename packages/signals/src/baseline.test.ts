import { describe, expect, it } from '@jest/globals';
import { Baseline, type BaselineReading, seasonProfile } from './baseline.ts';
import { type AlertState, DeviationAlert } from './deviation.ts';

const DAY = 96;
const SHAPE = { windowPoints: 2, rangePoints: DAY, dayPoints: DAY, floor: 0.1 };

/** The readings of a signal that is 100 plus and minus 1 in turns, times something. */
function watch(days: number, factor: (point: number) => number | undefined): (BaselineReading | undefined)[] {
  const baseline = new Baseline(SHAPE);
  return Array.from({ length: days * DAY }, (_, point) => {
    const times = factor(point);
    return baseline.next(times === undefined ? undefined : (100 + (point % 3) - 1) * times);
  });
}

const wave = (point: number) => 1 + 0.3 * Math.sin((2 * Math.PI * point) / DAY);
const weekend = (point: number) => Math.floor(point / DAY) % 7 >= 5;
const last = <T>(all: readonly T[]) => all.at(-1);

describe('Baseline', () => {
  it('learns for most of a day', () => {
    const readings = watch(1, () => 1);
    expect([readings[74]?.ready, readings[75]?.ready]).toEqual([false, true]);
  });

  it('says nothing of a value that is missing, and does not take it for a zero', () => {
    const readings = watch(2, (point) => (point === 150 ? undefined : 1));
    expect(readings[150]).toBeUndefined();
    expect(Math.abs(readings[151]!.zscore)).toBeLessThan(4);
  });

  it('holds a level against the day as long as no season makes it narrower', () => {
    expect(last(watch(10, () => 1))?.closest).toBe('day');
  });

  it('sees in a daily wave what is within the wave', () => {
    const calm = last(watch(6, wave));
    const stepped = last(watch(6, (point) => wave(point) * (point > 6 * DAY - 6 ? 1.15 : 1)));
    expect(calm).toMatchObject({ closest: 'daily', candidates: ['daily'] });
    expect(Math.abs(calm!.zscore)).toBeLessThan(1);
    expect(stepped!.zscore).toBeGreaterThan(4);
  });

  it('is not surprised by a Saturday once it has seen two, though the days before were other', () => {
    const saturdays = (weeks: number) =>
      watch(weeks * 7 - 1, (point) => wave(point) * (weekend(point) ? 0.6 : 1)).slice(-DAY);
    const surprised = (readings: readonly (BaselineReading | undefined)[]) =>
      readings.some((reading) => Math.abs(reading!.zscore) > 4);
    expect([surprised(saturdays(2)), surprised(saturdays(4))]).toEqual([true, false]);
  });

  it('goes its own way after a fork', () => {
    const baseline = new Baseline(SHAPE);
    for (let point = 0; point < 2 * DAY; point += 1) baseline.next(100 + (point % 3));
    const fork = baseline.fork();
    for (let point = 0; point < DAY; point += 1) fork.next(500);
    expect(baseline.next(101)?.center).toBeCloseTo(101, 0);
  });
});

describe('seasonProfile', () => {
  it('is the median of the periods that are known', () => {
    expect(seasonProfile([5, undefined, 1, 3])).toBe(3);
    expect(seasonProfile([5, 1, undefined])).toBe(3);
  });

  it('needs two periods', () => expect(seasonProfile([5, undefined])).toBeUndefined());
});

describe('DeviationAlert', () => {
  const reading = (zscore: number, jump?: number, ready = true) =>
    ({ zscore, jump, ready }) as BaselineReading;

  function states(readings: readonly (BaselineReading | undefined)[], direction: 'lower' | 'band' = 'lower') {
    const alert = new DeviationAlert({ direction, forPoints: 2, keepFiringPoints: 1 });
    return readings.map((one): AlertState => alert.next(one));
  }

  it('begins beyond 4, bears a dip to 2.5 meanwhile, and is kept for a while', () => {
    expect(states([3, 5, 3, 3, 2, 2, 2].map((zscore) => reading(zscore)))).toEqual([
      'inactive',
      'pending',
      'pending',
      'firing',
      'firing',
      'inactive',
      'inactive',
    ]);
  });

  it('begins with a jump, as long as the level is off by 2.5 too', () => {
    expect(states([reading(3, 4), reading(3, 0)])).toEqual(['pending', 'pending']);
    expect(states([reading(2, 4), reading(3, 3)])).toEqual(['inactive', 'inactive']);
  });

  it('takes a jump back to normal for none', () => {
    expect(states([reading(3, -4)], 'band')).toEqual(['inactive']);
  });

  it('never begins while the baseline is learnt, nor without a value', () => {
    expect(states([reading(9, 9, false), undefined])).toEqual(['inactive', 'inactive']);
  });

  it('looks at the bad side only', () => expect(states([reading(-9)])).toEqual(['inactive']));
});
