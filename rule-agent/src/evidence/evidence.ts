import { errorFunction, mean, sumNthPowerDeviations } from 'simple-statistics';

/** `not_enough`: it may still turn out either way. */
export const CONCLUSIONS = ['helps', 'harms', 'no_effect', 'not_enough'] as const;
export type Conclusion = (typeof CONCLUSIONS)[number];

/** What many episodes of a rule say together. Errors are forecast less what came, by the spread: positive where it went better than forecast. */
export interface Evidence {
  /** Episodes with an action, and firings that were left alone. */
  treated: number;
  controls: number;
  /** How much better the former went, in spreads. */
  effect: number;
  /** The variance of that figure by chance, in squared spreads. */
  errorVariance: number;
  /** Holds the effect, whenever it is looked at, with a probability of 90 %; absent while there is too little to say. */
  interval?: { low: number; high: number };
  /** How strongly it speaks for the side on which the effect is; from 20 on it is proven. */
  eValue: number;
  conclusion: Conclusion;
}

/** An e-value of 20 is seen by chance in one of twenty rules at most, however often one looks (Ville 1939). */
export const PROVEN_FROM = 20;
/** The variance of the effects that are thought possible, in squared spreads. */
export const EFFECT_VARIANCE = 0.25;
/** An interval misses the effect in one of ten rules at most, however often one looks. */
const MISSES = 0.1;
/** Fewer have no variance worth the name. */
const FEWEST = 2;

/**
 * The evidence that actions of a rule do better, or worse, than nothing does. The e-value is the Bayes factor of a two-sample t statistic
 * with a half-normal effect on its side (the scale-invariant e-value of Perez-Ortiz et al. 2024); the interval holds the
 * effects that the two-sided one does not refute. Both may be looked at after every episode without paying for it.
 *
 * @param minimum the smallest effect that counts, in spreads; without it `no_effect` is never concluded
 * @returns undefined without an episode, with fewer than two controls, with fewer than four of both, or where nothing varies
 */
export function evidenceOf(
  treated: readonly number[],
  controls: readonly number[],
  minimum = 0,
): Evidence | undefined {
  const [n, m] = [treated.length, controls.length];
  if (n + m < 2 * FEWEST || n === 0 || m < FEWEST) return undefined;
  const degrees = n + m - 2;
  const v = 1 / n + 1 / m;
  const errorVariance = (v * (squaresOf(treated) + squaresOf(controls))) / degrees;
  if (!(errorVariance > 0)) return undefined;
  const effect = mean([...treated]) - mean([...controls]);
  const eValue = eValueOf(effect ** 2 / errorVariance, v, degrees);
  const half = Math.sqrt(errorVariance * leastRefuted(v, degrees));
  const interval = Number.isFinite(half) ? { low: effect - half, high: effect + half } : undefined;
  const found = { treated: n, controls: m, effect, errorVariance, ...(interval && { interval }), eValue };
  return { ...found, conclusion: conclude(found, minimum) };
}

function conclude(
  { effect, interval, eValue }: Omit<Evidence, 'conclusion'>,
  minimum: number,
): Evidence['conclusion'] {
  // An effect that is proven, and too small to count, is none.
  if (interval !== undefined && interval.low > -minimum && interval.high < minimum) return 'no_effect';
  if (eValue < PROVEN_FROM) return 'not_enough';
  return effect > 0 ? 'helps' : 'harms';
}

/** `v`: the variance of the difference of the means, in squared spreads. */
export function eValueOf(tSquared: number, v: number, degrees: number): number {
  const k = v / (v + EFFECT_VARIANCE);
  const logRatio =
    0.5 * Math.log(k) -
    ((degrees + 1) / 2) * (Math.log1p((k * tSquared) / degrees) - Math.log1p(tSquared / degrees));
  return Math.exp(logRatio) * 2 * standardNormal(Math.sqrt(tSquared * (1 - k)));
}

/** The smallest t^2 at which the two-sided e-value, sqrt(k) ((1 + t^2/nu) / (1 + k t^2/nu))^((nu + 1)/2), reaches 1 / MISSES; infinite where none does. */
function leastRefuted(v: number, degrees: number): number {
  const k = v / (v + EFFECT_VARIANCE);
  const bound = Math.exp((2 / (degrees + 1)) * Math.log(1 / (MISSES * Math.sqrt(k))));
  return k * bound < 1 ? (degrees * (bound - 1)) / (1 - k * bound) : Infinity;
}

function standardNormal(value: number): number {
  return 0.5 + 0.5 * errorFunction(value / Math.SQRT2);
}

function squaresOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : sumNthPowerDeviations([...values], 2);
}
