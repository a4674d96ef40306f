import { evidenceOf } from '../../../../rule-agent/src/evidence/index.ts';
import type { Random } from '../verdicts/random.ts';

/** How errors by their spread are distributed: mean 0, variance 1. */
export const SHAPES: Readonly<Record<string, (random: Random) => number>> = {
  normal: (random) => random.normal(),
  heavy_tails: (random) => random.heavy(),
  two_humps: (random) => ((random.uniform() < 0.5 ? 2 : -2) + 0.5 * random.normal()) / Math.sqrt(4.25),
};

/** A rule whose episodes are looked at one after the other, until there are so many. */
export interface Course {
  shape: keyof typeof SHAPES;
  episodes: number;
  /** Firings that were left alone before the first episode. */
  controls: number;
  /** One of so many firings is left alone while the rule acts. */
  heldOut?: number;
  /** How much better episodes go, in spreads. */
  effect?: number;
  /** The smallest effect that counts, in spreads. */
  minimum?: number;
}

/** What was ever said of it, and whether every interval held the effect. */
export interface Watched {
  /** After how many episodes it was said first; undefined when never. */
  helps?: number;
  harms?: number;
  no_effect?: number;
  isCovered: boolean;
}

export function watch(course: Course, random: Random): Watched {
  const { episodes, heldOut = Infinity, effect = 0, minimum } = course;
  const draw = () => SHAPES[course.shape]!(random);
  const controls = Array.from({ length: course.controls }, draw);
  const treated: number[] = [];
  const watched: Watched = { isCovered: true };
  while (treated.length < episodes) {
    if (random.uniform() < 1 / heldOut) controls.push(draw());
    else treated.push(draw() + effect);
    const found = evidenceOf(treated, controls, minimum);
    if (found === undefined) continue;
    if (found.conclusion !== 'not_enough') watched[found.conclusion] ??= treated.length;
    const { low, high } = found.interval ?? { low: -Infinity, high: Infinity };
    watched.isCovered &&= low <= effect && high >= effect;
  }
  return watched;
}
