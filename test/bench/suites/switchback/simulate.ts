import {
  type BlockCount,
  drawOrder,
  type SwitchbackOrder,
} from '../../../../rule-agent/src/model/switchback.ts';
import { judgeSwitchback, meanOf } from '../../../../rule-agent/src/verification/index.ts';
import { NOISES } from '../verdicts/noise.ts';
import { Random } from '../verdicts/random.ts';

/** Of what kind an incident is, beside the noise, and what the action does about it, in sigmas of the noise. */
export interface SwitchbackCell {
  noise: string;
  blocks: BlockCount;
  effect: number;
  healing: Healing;
}

/**
 * How an incident of four sigmas goes away by itself during the test: not at all, along a straight line, by half-lives of a quarter of
 * the test, or all at once at some moment.
 */
export const HEALINGS = ['none', 'steady', 'fading', 'sudden'] as const;
export type Healing = (typeof HEALINGS)[number];

export interface SwitchbackCellResult {
  improved: Share;
  worsened: Share;
  /** Of the intervals: how many hold the effect. */
  coverage: number;
  /** How far the estimates are off on average, in sigmas. */
  bias: number;
}

/** A share of tests, and its standard error. */
export interface Share {
  share: number;
  error: number;
}

const SETTLE_POINTS = 2;
const WINDOW_POINTS = 10;
const INCIDENT_SIGMAS = 4;

/** Plays so many tests, always the same ones. */
export function simulateSwitchbacks(cell: SwitchbackCell, count: number): SwitchbackCellResult {
  const judged = Array.from({ length: count }, (_, test) => playOne(cell, test));
  return {
    improved: shareOf(judged.map(({ verdict }) => verdict === 'improved')),
    worsened: shareOf(judged.map(({ verdict }) => verdict === 'worsened')),
    coverage: shareOf(judged.map(({ low, high }) => low! <= cell.effect && high! >= cell.effect)).share,
    bias: meanOf(judged.map(({ effect }) => effect! - cell.effect)),
  };
}

function playOne({ noise, blocks, effect, healing }: SwitchbackCell, test: number) {
  const random = new Random(900_000 + test);
  const points = blocks * (SETTLE_POINTS + WINDOW_POINTS);
  const endsAt = random.uniform();
  const values = NOISES[noise]!(random, points).map(
    (value, at) => value + INCIDENT_SIGMAS * leftOf(healing, at / points, endsAt),
  );
  const order = drawOrder(blocks, `${noise} ${test}`);
  const means = meansOf(values, order, effect);
  return judgeSwitchback({ order, means, direction: 'lower', minimum: 0, onSeconds: 1 });
}

function leftOf(healing: Healing, time: number, endsAt: number): number {
  switch (healing) {
    case 'none':
      return 1;
    case 'steady':
      return 1 - time;
    case 'fading':
      return 0.5 ** (4 * time);
    case 'sudden':
      return Number(time < endsAt);
  }
}

function meansOf(values: Float64Array, order: SwitchbackOrder, effect: number): number[] {
  return order.map((isOn, block) => {
    const from = block * (SETTLE_POINTS + WINDOW_POINTS) + SETTLE_POINTS;
    return meanOf(values.subarray(from, from + WINDOW_POINTS)) - (isOn ? effect : 0);
  });
}

function shareOf(answers: readonly boolean[]): Share {
  const share = meanOf(answers.map(Number));
  return { share, error: Math.sqrt((share * (1 - share)) / answers.length) };
}
