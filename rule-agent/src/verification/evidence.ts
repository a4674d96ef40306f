import { errorFunction } from 'simple-statistics';
import { meanOf } from './mean.ts';

/** What many episodes of a rule say together. Errors are forecast less what came, by the spread: positive where it went better than forecast. */
export interface Evidence {
  /** Episodes with an action, and firings that were left alone. */
  treated: number;
  controls: number;
  /** How much better the former went, in spreads. */
  effect: number;
  /** Holds the effect, whenever it is looked at, with a probability of 90 %. */
  low: number;
  high: number;
  /** How strongly it speaks for the side on which the effect is; from 20 on it is proven. */
  eValue: number;
  proven: 'helps' | 'harms' | undefined;
}

/** An e-value of 20 is seen by chance in one of twenty rules at most, however often one looks (Ville 1939). */
const PROVEN_FROM = 20;
/** The variance of the effects that are thought possible, in squared spreads. */
const EFFECT_VARIANCE = 0.25;
const MISS = 0.1;
/** Fewer have no variance worth the name. */
const FEWEST = 2;

/**
 * The evidence that actions of a rule do better, or worse, than nothing does. It is the Bayes factor of a two-sample t statistic with a
 * half-normal effect on its side (the scale-invariant e-value of Perez-Ortiz et al. 2024), and may be looked at after every
 * episode without paying for it.
 *
 * @returns undefined without an episode, with fewer than two controls, with fewer than four of both, or where nothing varies
 */
export function evidenceOf(treated: readonly number[], controls: readonly number[]): Evidence | undefined {
  const [n, m] = [treated.length, controls.length];
  if (n + m < 2 * FEWEST || n === 0 || m < FEWEST) return undefined;
  const effect = meanOf(treated) - meanOf(controls);
  const degrees = n + m - 2;
  const variance = (squaresOf(treated) + squaresOf(controls)) / degrees;
  if (!(variance > 0)) return undefined;
  const v = 1 / n + 1 / m;
  const eValue = eValueOf(effect ** 2 / (v * variance), v, degrees);
  const half = Math.sqrt(variance) * halfWidth(v);
  const side = effect > 0 ? 'helps' : 'harms';
  return {
    ...{ treated: n, controls: m, effect, low: effect - half, high: effect + half, eValue },
    proven: eValue >= PROVEN_FROM ? side : undefined,
  };
}

function eValueOf(tSquared: number, v: number, degrees: number): number {
  const k = v / (v + EFFECT_VARIANCE);
  const logRatio =
    0.5 * Math.log(k) -
    ((degrees + 1) / 2) * (Math.log1p((k * tSquared) / degrees) - Math.log1p(tSquared / degrees));
  return Math.exp(logRatio) * 2 * standardNormal(Math.sqrt(tSquared * (1 - k)));
}

/** In standard deviations, at any time (Robbins 1970). */
function halfWidth(v: number): number {
  const ratio = (v + EFFECT_VARIANCE) / v;
  return Math.sqrt(
    ((v * (v + EFFECT_VARIANCE)) / EFFECT_VARIANCE) * (2 * Math.log(1 / MISS) + Math.log(ratio)),
  );
}

function standardNormal(value: number): number {
  return 0.5 + 0.5 * errorFunction(value / Math.SQRT2);
}

function squaresOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
