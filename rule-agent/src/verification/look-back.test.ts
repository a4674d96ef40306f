import { describe, expect, it } from '@jest/globals';
import { crossings } from '../../../test/bench/suites/verdicts/firings.ts';
import { NOISES } from '../../../test/bench/suites/verdicts/noise.ts';
import { Random } from '../../../test/bench/suites/verdicts/random.ts';
import { judge } from './judge.ts';
import { lookBack } from './look-back.ts';
import type { Question } from './question.ts';

const DAY = 1_440;
const DAYS = 7;
const WINDOW = 30;
const SETTLE = 2;

/** A firing after a week of noise; the signal is better by so much in each of three windows from then on. */
function improvedBy(effects: readonly [number, number, number], others: Partial<Question> = {}): Question {
  const values = NOISES.ar_0_5!(new Random(1), (DAYS + 3) * DAY);
  const threshold = values.slice(0, DAYS * DAY).sort()[Math.floor(0.97 * DAYS * DAY)]!;
  const before = DAYS * DAY + values.subarray(DAYS * DAY).findIndex((value) => value > threshold);
  const windowOf = (at: number) => Math.max(0, Math.floor((at - before - 1 - SETTLE) / WINDOW));
  const seen = values
    .slice(0, before + 1 + SETTLE + 3 * WINDOW)
    .map((value, at) => (at > before ? value - effects[windowOf(at)]! : value));
  return {
    signal: { firstMs: 0, pointMs: 60_000, values: seen },
    ...{ before, settlePoints: SETTLE, windowPoints: WINDOW, direction: 'lower', touched: [] },
    hasThreshold: true,
    firings: (lowered = threshold) => crossings(values.subarray(0, before + 1), lowered),
    ...others,
  };
}

describe('a later look at an improvement', () => {
  it('leaves one that lasts, and says what there still is of it', () => {
    const lasting = improvedBy([2, 2, 2]);
    expect(judge(lasting).verdict).toBe('improved');
    for (const look of [2, 3] as const) {
      const { faded, judgement, decline } = lookBack(lasting, look);
      expect(faded).toBe(false);
      expect(judgement.effect).toBeGreaterThan(1);
      expect(Math.abs(decline!.estimate)).toBeLessThan(1);
    }
  });

  it('takes one back that ended with its first window', () => {
    const { faded, judgement, decline } = lookBack(improvedBy([2, 0, 0]), 2);
    expect(faded).toBe(true);
    expect(judgement.effect).toBeLessThan(0.5);
    expect(decline!.estimate).toBeGreaterThan(decline!.bound!);
  });

  it('leaves one of which less is left, as long as that still counts', () => {
    expect(lookBack(improvedBy([3, 1.5, 1.5]), 2).faded).toBe(false);
    expect(lookBack(improvedBy([3, 1.5, 1.5], { minimum: 2 }), 2).faded).toBe(true);
  });

  it('takes nothing back where it cannot tell: without moments to compare with, or without the signal', () => {
    const ended = improvedBy([2, 0, 0]);
    const alone = lookBack({ ...ended, firings: () => [], hasThreshold: false }, 3);
    expect(alone.faded).toBe(false);
    expect(alone).not.toHaveProperty('decline');
    const few = lookBack({ ...ended, firings: () => ended.firings().slice(0, 5), hasThreshold: false }, 3);
    expect(few.faded).toBe(false);
    expect(few.decline).not.toHaveProperty('bound');
    const cut = {
      ...ended.signal,
      values: ended.signal.values.map((value, at) => (at > ended.before + 40 ? NaN : value)),
    };
    expect(lookBack({ ...ended, signal: cut }, 2)).toEqual({
      faded: false,
      judgement: expect.objectContaining({ verdict: 'inconclusive:missing_data' }),
    });
  });
});
