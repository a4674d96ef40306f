import { describe, expect, it } from '@jest/globals';
import { Random } from '../../../test/bench/suites/verdicts/random.ts';
import { simulateSwitchbacks } from '../../../test/bench/suites/switchback/simulate.ts';
import { ordersOf, type SwitchbackOrder } from '../model/switchback.ts';
import { judgeSwitchback } from './switchback.ts';

const ORDER = [true, false, false, true, false, true];

function judged(means: readonly number[], more: Partial<Parameters<typeof judgeSwitchback>[0]> = {}) {
  return judgeSwitchback({ order: ORDER, means, direction: 'lower', onSeconds: 60, ...more });
}

/** The same values for every order, shifted by an effect where the action is on. */
function judgeEveryOrder(values: readonly number[], effect = 0) {
  return ordersOf(values.length).map((order: SwitchbackOrder) =>
    judged(
      values.map((value, block) => value - (order[block] ? effect : 0)),
      { order, minimum: 0 },
    ),
  );
}

describe('an action that was switched on and off', () => {
  it('helped when every block with it is better than every one without', () => {
    // By hand: off 4, 5, 6 and on 1, 2, 3 differ by 3. An order in which one block of each kind changes places looks as good from an
    // effect on that is the difference of the two: 4 - 3 at least, 6 - 1 at most.
    const found = judged([1, 4, 5, 2, 6, 3]);
    expect(found).toMatchObject({ verdict: 'improved', p: 0.05, observed: 2, counterfactual: 5 });
    expect(found.effect).toBeCloseTo(3, 12);
    expect(found.relative).toBeCloseTo(0.6, 12);
    expect(found.low).toBeCloseTo(1, 12);
    expect(found.high).toBeCloseTo(5, 12);
    expect(found.cumulative).toBeCloseTo(180, 9);
    expect(found.switchback?.blocks[1]).toEqual({ isOn: false, mean: 4 });
  });

  it('made it worse when lower would be better and every block with it is higher', () => {
    expect(judged([4, 1, 2, 5, 3, 6]).verdict).toBe('worsened');
    expect(judged([4, 1, 2, 5, 3, 6], { direction: 'higher' }).verdict).toBe('improved');
  });

  it('may have met chance when one of six blocks is out of line', () => {
    expect(judged([1, 4, 5, 2, 2.5, 3])).toMatchObject({ verdict: 'inconclusive:not_clear', p: 0.1 });
  });

  it('has no effect that counts when it is smaller than what the rule asks for, for sure', () => {
    expect(judged([1, 4, 5, 2, 6, 3], { minimum: 6 }).verdict).toBe('no_effect');
    expect(judged([1, 4, 5, 2, 6, 3], { minimum: 4 }).verdict).toBe('inconclusive:not_clear');
  });

  it('says nothing of a signal that stood still', () => {
    expect(judged([7, 7, 7, 7, 7, 7]).verdict).toBe('inconclusive:signal_does_not_move');
  });

  it('is never better than its minimum by rounding alone', () => {
    const ties = [0.1 + 0.2, 0.3, 0.3, 0.3, 0.3, 0.1 + 0.2];
    expect(judged(ties, { minimum: 0 }).verdict).toBe('inconclusive:not_clear');
  });

  it('is told from a trend by the line through eight blocks', () => {
    const order = [true, false, false, true, false, true, true, false];
    const falling = order.map((isOn, block) => 20 - 2 * block - (isOn ? 3 : 0));
    const found = judged(falling, { order });
    expect(found.verdict).toBe('improved');
    for (const figure of [found.effect, found.low, found.high]) expect(figure).toBeCloseTo(3, 9);
  });
});

/** No simulation: over all orders that could have been drawn, the share of wrong ones is counted. */
describe('of all orders that could have been drawn', () => {
  const random = new Random(5);
  const shapes: Record<string, (block: number) => number> = {
    noise: () => random.normal(),
    'an incident that heals': (block) => 10 * 0.5 ** block + random.normal(),
    'a trend and one outlier': (block) => 3 * block + (block === 4 ? 50 : 0) + random.normal(),
    'very heavy tails': () => random.normal() / random.normal(),
  };
  const cases = Object.keys(shapes).flatMap((shape) => [
    { shape, blocks: 6, wrong: 1, orders: 20 },
    { shape, blocks: 8, wrong: 3, orders: 70 },
  ]);

  it.each(cases)(
    'with $shape and no effect, $wrong of $orders say improved and as many worsened',
    ({ shape, blocks, wrong }) => {
      for (let round = 0; round < 20; round++) {
        const found = judgeEveryOrder(Array.from({ length: blocks }, (_, block) => shapes[shape]!(block)));
        expect(found.filter(({ verdict }) => verdict === 'improved')).toHaveLength(wrong);
        expect(found.filter(({ verdict }) => verdict === 'worsened')).toHaveLength(wrong);
      }
    },
  );

  it.each(cases)(
    'with $shape and an effect, the intervals of all but $wrong on either side hold it',
    (one) => {
      const effect = 2.5;
      for (let round = 0; round < 20; round++) {
        const values = Array.from({ length: one.blocks }, (_, block) => shapes[one.shape]!(block));
        const found = judgeEveryOrder(values, effect);
        expect(found.filter(({ low }) => low! > effect)).toHaveLength(one.wrong);
        expect(found.filter(({ high }) => high! < effect)).toHaveLength(one.wrong);
      }
    },
  );
});

describe('what a switchback sees of two sigmas', () => {
  it.each([
    ['white', 0.95],
    ['ar_0_8', 0.75],
    ['ar_0_95', 0.75],
  ])('in %s noise at least %d of it with 6 blocks of 10 points', (noise, goal) => {
    const { improved } = simulateSwitchbacks({ noise, blocks: 6, effect: 2, healing: 'none' }, 400);
    expect(improved.share).toBeGreaterThan(goal);
  });

  it('more of it with 8 blocks when the incident heals steadily', () => {
    const seen = ([6, 8] as const).map(
      (blocks) =>
        simulateSwitchbacks({ noise: 'ar_0_8', blocks, effect: 2, healing: 'steady' }, 400).improved.share,
    );
    expect(seen[0]).toBeLessThan(0.5);
    expect(seen[1]).toBeGreaterThan(0.8);
  });
});
