import type { Verdict } from '../model/event.ts';
import { comparableMoments, FEWEST_MOMENTS, type Reference } from './comparable-moments.ts';
import { drawnMoments } from './drawn-moments.ts';
import type { ForecastError } from './forecast.ts';
import { hasChanged } from './has-changed.ts';
import type { Judgement } from '../model/judgement.ts';
import { learn, type Past, referenceAt } from './learn.ts';
import type { InconclusiveReason, Question } from './question.ts';
import { loweredReferences, mayTakeControls, referencesOf } from './references.ts';
import {
  effectiveNumber,
  sumOfWeights,
  type Weighted,
  weightedMean,
  weightedQuantile,
} from './weighted-quantile.ts';

/** See `Judgement.method`. */
export const METHOD = 1;

const DAY_MS = 86_400_000;
const LEVEL = 0.9;
/** What counts as an effect when the rule does not say. */
const MINIMUM_SIGMAS = 0.5;
const MINIMUM_SHARE = 0.05;

/**
 * Whether an action helped: of the moments at which its rule fired and nothing was done, in how many did the signal do as well by
 * itself? See docs/agent/verdicts.md.
 *
 * Pure, and a few tens of milliseconds for four weeks of minutes.
 */
export function judge(question: Question): Judgement {
  const past = learn(question);
  return typeof past === 'string' ? inconclusive(past) : judgeBy(past, question);
}

/** The errors of past moments, in sigmas of the signal, as they are compared with; undefined where one cannot be known. */
export function errorsOfPast(question: Question, moments: readonly number[]): (number | undefined)[] {
  const past = learn(question);
  return moments.map((moment) =>
    typeof past === 'string' ? undefined : past.forecast.errorAt(moment)?.error,
  );
}

/** The same, of a past that was learned already. */
export function judgeBy(past: Past, question: Question): Judgement {
  const { before } = question;
  const judged = referenceAt(past, before);
  if (judged === undefined) return inconclusive('missing_data');
  const { forecast } = past;
  const source = { question, past, at: (moment: number) => referenceAt(past, moment) };
  const own = referencesOf(source);
  const controls = mayTakeControls(own) ? (question.controls ?? []) : [];
  const found = comparableMoments({
    own: [...own.references, ...controls],
    lowered: question.hasThreshold ? loweredReferences(source) : undefined,
    level: judged.level,
  });
  const errors = found.moments.map(({ value, weight }) => ({ value: value * judged.spread, weight }));
  if (errors.length === 0) return inconclusive('too_few_comparable_moments');
  const at = drawnMoments(found.moments, question.signal);
  const judgement = describe(question, { past, judged, errors, lowered: found.lowered, at });
  const changed = hasChanged({
    ...question,
    errorAt: (moment) => forecast.errorAt(moment)?.error,
    first: Math.round(DAY_MS / question.signal.pointMs),
  });
  return { ...judgement, verdict: changed ? 'inconclusive:signal_has_changed' : verdictOf(judgement) };
}

interface Compared {
  past: Past;
  judged: ForecastError & Reference;
  errors: readonly Weighted[];
  lowered: boolean;
  /** Times of moments to look at. */
  at: readonly number[];
}

function describe(
  question: Question,
  { past, judged, errors, lowered, at }: Compared,
): Omit<Judgement, 'verdict'> {
  const { observed, scale } = past;
  const { sigma } = scale;
  const { windowPoints, signal } = question;
  const mean = weightedMean(errors);
  const [lowError, highError] = [(1 - LEVEL) / 2, (1 + LEVEL) / 2].map((share) =>
    weightedQuantile(errors, share),
  );
  const effect = (judged.error - mean) * sigma;
  const counterfactual = question.direction === 'lower' ? observed + effect : observed - effect;
  const minimum =
    question.minimum ?? Math.max(MINIMUM_SIGMAS * sigma, MINIMUM_SHARE * Math.abs(counterfactual));
  const asGood = errors.filter(({ value }) => value >= judged.error);
  return {
    method: METHOD,
    ...{ observed, counterfactual, effect, minimum },
    ...finite('low', (judged.error - highError!) * sigma),
    ...finite('high', (judged.error - lowError!) * sigma),
    ...finite('relative', effect / Math.abs(counterfactual)),
    ...finite('cumulative', (effect * windowPoints * signal.pointMs) / 1000),
    p: (1 + sumOfWeights(asGood)) / (1 + sumOfWeights(errors)),
    ...finite('smallestVisible', Math.max(minimum, (highError! - mean) * sigma)),
    moments: {
      ...{ count: errors.length, effective: effectiveNumber(errors), lowered, at },
      mean: mean * sigma,
      ...finite('low', lowError! * sigma),
      ...finite('high', highError! * sigma),
    },
    error: judged.error * sigma,
    spread: judged.spread * sigma,
    sigma,
    level: (question.direction === 'lower' ? 1 : -1) * (scale.median + judged.level * sigma),
  };
}

function verdictOf({ low, high, effect, minimum, moments }: Omit<Judgement, 'verdict'>): Verdict {
  if (moments === undefined || effect === undefined || minimum === undefined) return 'inconclusive:not_clear';
  if (moments.effective < FEWEST_MOMENTS) return 'inconclusive:too_few_comparable_moments';
  if (low === undefined || high === undefined) return 'inconclusive:too_few_comparable_moments';
  if (low > 0 && effect >= minimum) return 'improved';
  if (high < 0 && effect <= -minimum) return 'worsened';
  return low > -minimum && high < minimum ? 'no_effect' : 'inconclusive:not_clear';
}

function finite<Key extends string>(key: Key, value: number): Partial<Record<Key, number>> {
  return Number.isFinite(value) ? ({ [key]: value } as Record<Key, number>) : {};
}

export function inconclusive(reason: InconclusiveReason): Judgement {
  return { verdict: `inconclusive:${reason}`, method: METHOD };
}
