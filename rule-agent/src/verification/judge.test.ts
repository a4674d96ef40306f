import { describe, expect, it } from '@jest/globals';
import { buildDecided } from '../../test/build.ts';
import { crossings } from '../../../test/bench/suites/verdicts/firings.ts';
import { NOISES } from '../../../test/bench/suites/verdicts/noise.ts';
import { Random } from '../../../test/bench/suites/verdicts/random.ts';
import { controlOf } from './controls.ts';
import { judge } from './judge.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Question } from './question.ts';

const DAY = 1_440;
const WINDOW = 30;
const SETTLE = 2;

/** Two weeks of noise, and the first moment after them at which it is far up. */
function firing(noise = 'ar_0_5', { days = 14, seed = 1 } = {}) {
  const values = NOISES[noise]!(new Random(seed), (days + 3) * DAY);
  const threshold = values.slice(0, days * DAY).sort()[Math.floor(0.97 * days * DAY)]!;
  const before = days * DAY + values.subarray(days * DAY).findIndex((value) => value > threshold);
  return { values: values.slice(0, before + 1 + SETTLE + WINDOW), before, threshold };
}

interface Asked extends Partial<Question> {
  values: Float64Array;
  before: number;
  threshold: number;
}

function ask({ values, before, threshold, ...others }: Asked): Question {
  return {
    signal: { firstMs: 0, pointMs: 60_000, values },
    ...{ before, settlePoints: SETTLE, windowPoints: WINDOW, direction: 'lower', touched: [] },
    hasThreshold: true,
    firings: (lowered = threshold) => crossings(values, lowered),
    ...others,
  };
}

function moved<Of extends { values: Float64Array; before: number }>(of: Of, by: number): Of {
  const values = of.values.slice();
  for (let at = of.before + 1; at < values.length; at++) values[at]! += by;
  return { ...of, values };
}

describe('a verdict', () => {
  it('is improved where the signal falls far more than it does by itself, with an interval that holds what was done', () => {
    const judgement = judge(ask(moved(firing(), -2)));
    expect(judgement).toMatchObject({ verdict: 'improved', moments: { lowered: false } });
    expect(judgement.low).toBeLessThan(2);
    expect(judgement.high).toBeGreaterThan(2);
    expect(judgement.observed! + judgement.effect!).toBeCloseTo(judgement.counterfactual!, 9);
  });

  it('is worsened where it rises instead', () => {
    expect(judge(ask(moved(firing(), 2))).verdict).toBe('worsened');
  });

  it('is none where the signal only falls back from its extreme', () => {
    const judgement = judge(ask(firing()));
    expect(judgement.verdict).not.toBe('improved');
    expect(judgement.low).toBeLessThan(0);
  });

  it('is the same of a signal that should rise, upside down', () => {
    const helped = moved(firing(), -2);
    const turned = { ...helped, values: helped.values.map((value) => -value), threshold: -helped.threshold };
    const lower = judge(ask(helped));
    const higher = judge(
      ask({
        ...{ ...turned, direction: 'higher' },
        firings: (threshold = turned.threshold) => crossings(helped.values, -threshold),
      }),
    );
    expect(higher).toMatchObject({ verdict: 'improved', effect: lower.effect, low: lower.low, p: lower.p });
    expect(higher.counterfactual).toBeCloseTo(-lower.counterfactual!, 9);
  });

  it('does not depend on the unit of the signal', () => {
    const helped = moved(firing(), -2);
    const scaled = (value: number) => 1_000 * value + 7;
    const other = judge(
      ask({ ...helped, values: helped.values.map(scaled), threshold: scaled(helped.threshold) }),
    );
    expect(other.effect).toBeCloseTo(1_000 * judge(ask(helped)).effect!, 6);
  });

  it('does not look at what comes after the window', () => {
    const of = moved(firing(), -2);
    const longer = Float64Array.of(...of.values, ...new Array<number>(500).fill(99));
    expect(judge(ask({ ...of, values: longer }))).toEqual(judge(ask(of)));
  });

  it('counts an effect as one from the size on that the rule names', () => {
    expect(judge(ask({ ...moved(firing(), -2), minimum: 5 })).verdict).not.toBe('improved');
  });

  it('compares with nothing that an action may have touched', () => {
    const of = moved(firing(), -2);
    const all = judge(ask(of)).moments!.count;
    const touched = [{ from: 0, to: of.before / 2 }];
    expect(judge(ask({ ...of, touched })).moments!.count).toBeLessThan(0.7 * all);
  });

  it('compares with the firings of a lower threshold where there are too few of its own', () => {
    const of = moved(firing(), -2);
    const own = crossings(of.values, of.threshold).slice(0, 5);
    const firings = (threshold?: number) => (threshold === undefined ? own : crossings(of.values, threshold));
    const judgement = judge(ask({ ...of, firings }));
    expect(judgement).toMatchObject({ verdict: 'improved', moments: { lowered: true } });
    expect(judgement.moments!.effective).toBeGreaterThanOrEqual(19);
  });

  it('does not compare with firings of a lower threshold that are left because the others were acted on later', () => {
    const { values, before, threshold } = firing('ar_0_95', { seed: 4 });
    const acted = crossings(values.subarray(0, before - 60), threshold);
    const touched = acted.map((from) => ({ from, to: from + SETTLE + WINDOW }));
    expect(judge(ask({ values, before, threshold, touched })).verdict).toMatch(/too_few|signal_has_changed/);
  });

  it('does not compare with kept firings where the past has mostly firings that were acted on', () => {
    const { values, before, threshold } = firing();
    const controls = Array.from({ length: 40 }, (_, index) => ({ errorPerSpread: index / 20 - 1 }));
    const touched = [{ from: 0, to: before - 1 }];
    const alone = { values, before, threshold, hasThreshold: false, controls };
    expect(judge(ask({ ...alone, firings: () => [] })).moments).toMatchObject({ count: 40 });
    const acted = crossings(values, threshold).map((from) => ({ from, to: from + 5 }));
    expect(judge(ask({ ...alone, touched: acted })).verdict).toBe('inconclusive:too_few_comparable_moments');
    expect(judge(ask({ ...alone, touched })).verdict).toMatch(/^inconclusive:/);
  });

  it('is not swayed by one absurd value in the window, as it is not by those of the past', () => {
    const { values, before, threshold } = firing();
    const spiked = values.slice();
    spiked[before + 10] = 1e9;
    expect(judge(ask({ values: spiked, before, threshold })).effect).toBeGreaterThan(-20);
  });

  it('compares with kept firings too', () => {
    const of = moved(firing(), -2);
    const controls = Array.from({ length: 25 }, (_, index) => ({ errorPerSpread: (index - 12) / 8 }));
    const judgement = judge(ask({ ...of, firings: () => [], hasThreshold: false, controls }));
    expect(judgement).toMatchObject({ verdict: 'improved', moments: { count: 25 } });
  });

  it.each([1e4, 1e300])('hardly changes with a single %d in the past', (value) => {
    const of = moved(firing(), -2);
    const odd = { ...of, values: of.values.with(3_000, value) };
    const [plain, other] = [judge(ask(of)), judge(ask(odd))];
    expect(other.verdict).toBe(plain.verdict);
    expect(other.low).toBeCloseTo(plain.low!, 0);
    expect(other.high).toBeCloseTo(plain.high!, 0);
  });

  it('takes what is not finite for missing', () => {
    const of = moved(firing(), -2);
    const missing = judge(ask({ ...of, values: of.values.with(3_000, NaN) }));
    expect(judge(ask({ ...of, values: of.values.with(3_000, Infinity) }))).toEqual(missing);
  });

  it('does without a peer where it says nothing', () => {
    const of = moved(firing(), -2);
    expect(judge(ask({ ...of, peers: [new Float64Array(9)] })).verdict).toBe('improved');
  });

  it('is nothing but numbers and words, so that it can be kept', () => {
    const judgement = judge(ask(moved(firing(), -2)));
    expect(JSON.parse(JSON.stringify(judgement))).toEqual(judgement);
  });

  it('says more with a peer that shares what is not the rule’s doing', () => {
    const of = firing('ar_0_8');
    const shared = NOISES.ar_0_95!(new Random(5), of.values.length);
    const values = of.values.map((value, at) => value + shared[at]!);
    const width = ({ low, high }: { low?: number; high?: number }) => high! - low!;
    const firings = () => crossings(of.values, of.threshold);
    const alone = judge(ask({ ...of, values, firings }));
    expect(width(judge(ask({ ...of, values, firings, peers: [shared] })))).toBeLessThan(0.8 * width(alone));
  });
});

describe('nothing is said', () => {
  const reason = (of: Asked) => judge(ask(of)).verdict;

  it('of a day of history', () => {
    expect(reason(firing('white', { days: 1 }))).toBe('inconclusive:insufficient_history');
  });

  it('where a quarter of the window is missing', () => {
    const of = firing();
    const values = of.values.slice().fill(NaN, of.before + 3, of.before + 12);
    expect(reason({ ...of, values })).toBe('inconclusive:missing_data');
    expect(reason({ ...of, values: of.values.subarray(0, of.before + 20) })).toBe(
      'inconclusive:missing_data',
    );
  });

  it('of a signal that does not move', () => {
    const of = firing();
    expect(reason({ ...of, values: of.values.map(() => 5) })).toBe('inconclusive:signal_does_not_move');
  });

  it('without moments to compare with', () => {
    const none = { firings: () => [], hasThreshold: false };
    expect(reason({ ...firing(), ...none })).toBe('inconclusive:too_few_comparable_moments');
    const controls = Array.from({ length: 18 }, (_, index) => ({ errorPerSpread: index }));
    expect(reason({ ...firing(), ...none, controls })).toBe('inconclusive:too_few_comparable_moments');
  });
});

it('keeps of a firing that was left alone how far it was off, by the usual spread', () => {
  const keptOf = (judgement: Judgement) => controlOf(buildDecided(), { judgement, nowMs: 0 }).errorPerSpread;
  const judgement = judge(ask(firing()));
  expect(keptOf(judgement)).toBeCloseTo(judgement.error! / judgement.spread!, 12);
  expect(Math.abs(keptOf(judgement)!)).toBeLessThan(5);
  expect(keptOf(judge(ask(firing('white', { days: 1 }))))).toBeUndefined();
});
