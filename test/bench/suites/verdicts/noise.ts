import type { Random } from './random.ts';

const MINUTES_OF_A_DAY = 1_440;

/** So many points of a signal that nobody acts on. More is worse. */
export type Noise = (random: Random, points: number) => Float64Array;

const WARM_UP = 500;

/** x_t = phi x_t-1 + noise, with variance 1. */
function autoregressive(phi: number, draw: (random: Random) => number = (random) => random.normal()): Noise {
  return (random, points) => {
    const values = new Float64Array(points);
    const scale = Math.sqrt(1 - phi * phi);
    let value = 0;
    for (let at = -WARM_UP; at < points; at++) {
      value = phi * value + scale * draw(random);
      if (at >= 0) values[at] = value;
    }
    return values;
  };
}

const calm = autoregressive(0.5);
const slow = autoregressive(0.8);
const slower = autoregressive(0.95);

/** Incidents that begin at random, a few a day, and go away by themselves, each at its own pace. */
function incidents(random: Random, points: number): Float64Array {
  const values = calm(random, points);
  for (let at = 0; at < points; at++) {
    if (random.uniform() >= 4 / MINUTES_OF_A_DAY) continue;
    const [size, halfLife] = [2 + 3 * random.exponential(), 5 + 40 * random.uniform()];
    for (let after = 0; after < 8 * halfLife && at + after < points; after++) {
      values[at + after]! += size * 0.5 ** (after / halfLife);
    }
  }
  return values;
}

function seasonal(random: Random, points: number): Float64Array {
  const phase = random.uniform();
  return slow(random, points).map((value, at) => {
    const turn = 2 * Math.PI * (at / MINUTES_OF_A_DAY + phase);
    return value + 1.5 * Math.sin(turn) + 0.5 * Math.sin(2 * turn);
  });
}

export const NOISES: Readonly<Record<string, Noise>> = {
  white: (random, points) => Float64Array.from({ length: points }, () => random.normal()),
  ar_0_5: calm,
  ar_0_8: slow,
  ar_0_95: slower,
  ar_0_95_measured: (random, points) => slower(random, points).map((value) => value + random.normal()),
  heavy_tails: autoregressive(0.8, (random) => random.heavy()),
  seasonal,
  incidents,
  counts: (random, points) => slow(random, points).map((value) => random.poisson(4 * Math.exp(0.3 * value))),
  ratios: (random, points) => slow(random, points).map((value) => 1 / (1 + Math.exp(2 - 0.7 * value))),
};
