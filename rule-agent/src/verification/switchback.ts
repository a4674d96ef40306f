import type { Judgement, Verdict } from '../model/judgement.ts';
import { ordersOf, type SwitchbackOrder } from '../model/switchback.ts';
import { meanOf } from './mean.ts';

/** See `Judgement.method`. */
const METHOD = 1;

/** What was measured while an action was on and off in turns. */
export interface SwitchbackResult {
  order: SwitchbackOrder;
  /** Block by block, the mean of the signal over its window. */
  means: readonly number[];
  /** Which way is better. */
  direction: 'lower' | 'higher';
  /** The smallest effect that counts, in the signal's unit. Without it: 5 % of the counterfactual. */
  minimum?: number | undefined;
  /** How long the windows of all blocks with the action take together, in seconds. */
  onSeconds: number;
}

/** What is left of one in twenty orders is chance enough. */
const SIGNIFICANCE = 0.05;
const MINIMUM_SHARE = 0.05;
/** From so many blocks on there are enough to tell a trend from an effect. */
const BLOCKS_FOR_A_TREND = 8;
/** Below it, relative to what it is compared with, a difference is one of rounding. */
const ROUNDING = 1e-9;

/**
 * Whether an action helps, by switching it on and off: a permutation test (Fisher 1935; for switchbacks Bojinov, Simchi-Levi and Zhao,
 * Management Science 69, 2023). The order was drawn, so if the action has no effect each other order would have been followed by the same
 * values. How extreme this order is among all of them is exact, whatever the noise and whatever becomes of the incident by itself.
 *
 * The interval holds every effect that the same test does not reject at 5 % on either side. It takes the effect to be the same in all blocks.
 */
export function judgeSwitchback(result: SwitchbackResult): Judgement {
  const { means, order, direction, onSeconds } = result;
  const spread = Math.max(...means) - Math.min(...means);
  if (!(spread > 0)) return { verdict: 'inconclusive:signal_does_not_move', method: METHOD };
  const { effect, low, high, p } = compareOrders(result);
  const observed = meanOf(means.filter((_, block) => order[block]));
  const counterfactual = direction === 'lower' ? observed + effect : observed - effect;
  const minimum = result.minimum ?? MINIMUM_SHARE * Math.abs(counterfactual);
  return {
    verdict: verdictOf({ low, high, minimum }),
    method: METHOD,
    ...{ observed, counterfactual, effect, low, high, minimum, p },
    ...(counterfactual !== 0 && { relative: effect / Math.abs(counterfactual) }),
    cumulative: effect * onSeconds,
    smallestVisible: Math.max(minimum, effect - low),
    switchback: { blocks: means.map((mean, block) => ({ isOn: order[block]!, mean })) },
  };
}

interface Comparison {
  /** How much better it is with the action, and the bounds of its 90 % interval. */
  effect: number;
  low: number;
  high: number;
  /** The share of orders that look at least as good. */
  p: number;
}

/**
 * The test and its inversion. Had the action an effect of c, the values without it would be known, and the test could be made on these. Every
 * other order looks as good as the real one from one certain c on: where the two statistics meet.
 */
function compareOrders({ means, order, direction }: SwitchbackResult): Comparison {
  const gains = means.map((mean) => (direction === 'lower' ? -mean : mean));
  const contrast = contrastOf(order);
  const length = Math.sqrt(dot(contrast, contrast));
  const statistic = dot(gains, contrast) / length;
  const scale = Math.max(...gains.map(Math.abs));
  const meetings = ordersOf(order.length)
    .filter((other) => other.some((isOn, block) => isOn !== order[block]))
    .map((other) => {
      const rival = contrastOf(other);
      const norm = Math.sqrt(dot(rival, rival));
      const lead = statistic - dot(gains, rival) / norm;
      return (Math.abs(lead) < ROUNDING * scale ? 0 : lead) / (length - dot(contrast, rival) / norm);
    })
    .sort((a, b) => a - b);
  const orders = meetings.length + 1;
  const rejected = Math.floor(SIGNIFICANCE * orders + ROUNDING);
  return {
    effect: statistic / length,
    low: meetings[rejected - 1]!,
    high: meetings.at(-rejected)!,
    p: (1 + meetings.filter((meeting) => meeting <= 0).length) / orders,
  };
}

/** Where the action is on against where it is off; with blocks enough for it, after what a straight line over time explains of that. */
function contrastOf(order: SwitchbackOrder): number[] {
  const contrast = order.map((isOn) => (isOn ? 0.5 : -0.5));
  if (order.length < BLOCKS_FOR_A_TREND) return contrast;
  const time = order.map((_, block) => block - (order.length - 1) / 2);
  const slope = dot(contrast, time) / dot(time, time);
  return contrast.map((value, block) => value - slope * time[block]!);
}

/**
 * The whole interval has to count, and not the effect alone: when an incident ends suddenly, many orders come to nearly the same, and
 * the noise that is left would say which of them is the best.
 */
function verdictOf({ low, high, minimum }: { low: number; high: number; minimum: number }): Verdict {
  if (low > 0 && low >= minimum) return 'improved';
  if (high < 0 && high <= -minimum) return 'worsened';
  return low > -minimum && high < minimum ? 'no_effect' : 'inconclusive:not_clear';
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0);
}
