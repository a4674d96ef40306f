import { wilcoxonRankSum } from 'simple-statistics';
import { meanOf } from '../../../../rule-agent/src/verification/index.ts';
import { type Firing, SETTLE } from './firings.ts';

/** What others would say of a firing: whether the signal is better than it would have been. */
export type Method = (before: readonly number[], after: readonly number[], sigma: number) => boolean;

/** Half a sigma, as our own verdicts count an effect. */
const MINIMUM_SIGMAS = 0.5;
/** One-sided, 5 %. */
const Z = 1.6449;
/** Kayenta's judge: 98 % sure, by its defaults, and by a quarter of the level. */
const KAYENTA_Z = 2.0537;
const KAYENTA_TOLERANCE = 0.25;

export const OTHER_METHODS: Readonly<Record<string, Method>> = {
  before_after: (before, after, sigma) => lastOf(before, after) - meanOf(after) >= MINIMUM_SIGMAS * sigma,
  welch(before, after) {
    const last = before.slice(-after.length);
    const error = Math.sqrt(variance(last) / last.length + variance(after) / after.length);
    return (meanOf(last) - meanOf(after)) / error > Z;
  },
  mann_whitney: (before, after) => rankZ(before.slice(-after.length), after) > Z,
  kayenta(before, after, sigma) {
    const last = before.slice(-after.length);
    const gap = KAYENTA_TOLERANCE * Math.max(Math.abs(meanOf(last)), sigma);
    return (
      rankZ(
        last.map((value) => value - gap),
        after,
      ) > KAYENTA_Z
    );
  },
  causal_impact: localLevelSaysBetter,
};

/** What each of them says of a firing, `effect` better in its window than it was. */
export function opinionsOn({ values, before, sigma }: Firing, effect = 0): Record<string, boolean> {
  const past = [...values.subarray(0, before + 1)];
  const after = [...values.subarray(before + 1 + SETTLE)].map((value) => value - effect);
  return Object.fromEntries(
    Object.entries(OTHER_METHODS).map(([name, method]) => [name, method(past, after, sigma)]),
  );
}

function lastOf(before: readonly number[], after: readonly number[]): number {
  return meanOf(before.slice(-after.length));
}

function variance(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** The rank sum of those before, as a standard normal. */
function rankZ(before: readonly number[], after: readonly number[]): number {
  const [m, n] = [before.length, after.length];
  const sum = wilcoxonRankSum([...before], [...after]);
  return (sum - (m * (m + n + 1)) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12);
}

const LEARNED_FROM = 600;

/**
 * The local level model of CausalImpact, without regressors: a level that wanders, and noise on it. What it forecasts is the
 * exponential smoothing that errs least one step ahead; how sure it is follows from the size of these errors.
 */
function localLevelSaysBetter(before: readonly number[], after: readonly number[]): boolean {
  const past = before.slice(-LEARNED_FROM);
  const fits = Array.from({ length: 19 }, (_, step) => smooth(past, 0.05 * (step + 1)));
  const best = fits.reduce((least, fit) => (fit.meanSquare < least.meanSquare ? fit : least));
  const last = SETTLE + after.length;
  let squares = 0;
  for (let shock = 1; shock <= last; shock++) {
    const own = shock > SETTLE ? 1 : 0;
    const later = last - Math.max(shock, SETTLE);
    squares += ((own + best.alpha * later) / after.length) ** 2;
  }
  const error = Math.sqrt(best.meanSquare * squares);
  return (best.level - meanOf(after)) / error > Z;
}

function smooth(values: readonly number[], alpha: number) {
  let level = values[0]!;
  let squares = 0;
  for (const value of values.slice(1)) {
    squares += (value - level) ** 2;
    level += alpha * (value - level);
  }
  return { alpha, level, meanSquare: squares / (values.length - 1) };
}
