import { eValueOf, PROVEN_FROM } from './evidence.ts';

/** The normal quantile that a share of 0.8 lies below. */
const EIGHT_IN_TEN = 0.8416;
/** Who would wait for more? */
const MOST_EPISODES = 500;

/**
 * After how many episodes 8 of 10 rules with this effect, in spreads, are proven to help. It is the first number at which the t statistic that
 * 8 of 10 are beyond is proof; some are proven at an earlier look, so it is a few too many where it is large.
 *
 * @returns undefined where more than 500 would not do, as with few controls
 */
export function episodesUntilProof(effect: number, controls: number): number | undefined {
  for (let episodes = 1; episodes <= MOST_EPISODES; episodes += 1) {
    const degrees = episodes + controls - 2;
    if (degrees < 2 || controls < 2) continue;
    const v = 1 / episodes + 1 / controls;
    const t = beyondInEightOfTen(effect / Math.sqrt(v), degrees);
    if (t > 0 && eValueOf(t * t, v, degrees) >= PROVEN_FROM) return episodes;
  }
  return undefined;
}

/**
 * The value that a noncentral t is beyond with probability 0.8, by P(T <= t) = Phi((t (1 - 1/4n) - d) / sqrt(1 + t^2/2n)), n the degrees of
 * freedom (Abramowitz and Stegun 26.7.10), solved for t.
 */
function beyondInEightOfTen(noncentrality: number, degrees: number): number {
  const shrink = 1 - 1 / (4 * degrees);
  const widening = EIGHT_IN_TEN ** 2 / (2 * degrees);
  const scale = shrink ** 2 - widening;
  const root = Math.sqrt(widening * noncentrality ** 2 + EIGHT_IN_TEN ** 2 * scale);
  return (shrink * noncentrality - root) / scale;
}
