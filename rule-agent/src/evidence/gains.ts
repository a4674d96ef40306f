import { mean } from 'simple-statistics';
import type { RuleOutcomes } from '../model/history.ts';
import { EFFECT_VARIANCE, type Evidence } from './evidence.ts';
import { evidenceOfRule, spreadInSigmas } from './rule-evidence.ts';

/** An effect as it was measured, and the variance of that by chance. */
export type MeasuredEffect = Pick<Evidence, 'effect' | 'errorVariance'>;

/** Enough for seven digits. */
const ROUNDS = 30;

/**
 * What the actions of each rule gain, in standard deviations of its signal: its effect, shrunk towards none by what chance alone would
 * make of it, effect x variance of effects / (variance of effects + variance of the error). A rule without evidence has no gain.
 */
export function gainsOf(outcomes: ReadonlyMap<string, RuleOutcomes>): ReadonlyMap<string, number> {
  const known = [...outcomes].flatMap(([rule, ofRule]) => {
    const [evidence, sigmas] = [evidenceOfRule(ofRule), spreadInSigmas(ofRule)];
    return evidence === undefined || sigmas === undefined ? [] : [{ rule, evidence, sigmas }];
  });
  const variance = effectVariance(known.map(({ evidence }) => evidence));
  return new Map(known.map(({ rule, evidence, sigmas }) => [rule, shrunk(evidence, variance) * sigmas]));
}

export function shrunk({ effect, errorVariance }: MeasuredEffect, variance: number): number {
  return (effect * variance) / (variance + errorVariance);
}

/**
 * The variance of the effects of rules about none, by maximum likelihood, with one rule more whose effects vary as much as is thought
 * possible. Not about their mean: with few rules that would take what chance gave all of them for an effect.
 */
export function effectVariance(measured: readonly MeasuredEffect[]): number {
  if (measured.length === 0) return EFFECT_VARIANCE;
  let variance = EFFECT_VARIANCE;
  for (let round = 0; round < ROUNDS; round++) {
    const weights = measured.map(({ errorVariance }) => (variance + errorVariance) ** -2);
    const prior = mean(weights);
    let [sum, weight] = [prior * EFFECT_VARIANCE, prior];
    measured.forEach(({ effect, errorVariance }, index) => {
      sum += weights[index]! * (effect ** 2 - errorVariance);
      weight += weights[index]!;
    });
    variance = Math.max(0, sum / weight);
  }
  return variance;
}
