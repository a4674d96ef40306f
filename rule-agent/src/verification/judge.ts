import type { Verdict } from '../model/event.ts';
import { comparableMoments, FEWEST_MOMENTS, type Reference } from './comparable-moments.ts';
import { Features } from './features.ts';
import { Forecast, type ForecastError } from './forecast.ts';
import { hasChanged } from './has-changed.ts';
import type { Judgement } from '../model/judgement.ts';
import type { InconclusiveReason, Question } from './question.ts';
import { quantileOfSorted, robustScale, type Scale, sortedNumbers } from './scale.ts';
import { fillGaps, RunningMeans } from './signal-history.ts';
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
const LEAST_DAYS = 2;
const LEAST_COVERAGE = 0.8;
const LEVEL = 0.9;
/** The past counts within ten times its 0.1 % and 99.9 % quantiles. */
const OUTER = 0.001;
const FARTHEST = 10;
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
  return typeof past === 'string' ? inconclusive(past) : compare(question, past);
}

/** What an un-acted firing leaves behind for later verdicts: its error by the spread; undefined when that cannot be known. */
export function errorOfFiring(question: Question): (ForecastError & Reference) | undefined {
  const past = learn(question);
  if (typeof past === 'string') return undefined;
  return referenceAt(past, question.before);
}

/** The errors of past moments, in sigmas of the signal, as they are compared with; undefined where one cannot be known. */
export function errorsOfPast(question: Question, moments: readonly number[]): (number | undefined)[] {
  const past = learn(question);
  return moments.map((moment) =>
    typeof past === 'string' ? undefined : past.forecast.errorAt(moment)?.error,
  );
}

interface Past {
  scale: Scale;
  level: Float64Array;
  sortedLevels: Float64Array;
  forecast: Forecast;
  isTouched: (from: number, to: number) => boolean;
}

/** What the past says of the signal, or why it says nothing. */
function learn(question: Question): Past | InconclusiveReason {
  const { signal, before, windowPoints, settlePoints, direction, peers = [] } = question;
  const end = before + 1;
  const sign = direction === 'lower' ? 1 : -1;
  const y = fillGaps(signal.values).map((value) => sign * value);
  const means = new RunningMeans(y);
  if (!isThere(means, question)) return 'missing_data';
  const pointsPerDay = Math.round(DAY_MS / signal.pointMs);
  const least = LEAST_DAYS * pointsPerDay;
  if (end < least || means.coverage(0, end) * end < LEAST_COVERAGE * least) return 'insufficient_history';
  const scale = robustScale(y.subarray(0, end));
  if (!(scale.sigma > 0)) return 'signal_does_not_move';
  const toSigmas = (value: number) => (value - scale.median) / scale.sigma;
  const z = y.map(toSigmas);
  boundBy(scale.sorted.map(toSigmas), z.subarray(0, end));
  const { levelPoints = 1 } = question;
  const level = levelOf(z, levelPoints);
  const sortedLevels = levelPoints === 1 ? scale.sorted.map(toSigmas) : sortedNumbers(level.subarray(0, end));
  const features = new Features({
    ...{ z, level, sortedLevels, end, settlePoints, windowPoints, pointMs: signal.pointMs },
    peers: peers.map((peer) => scaled(fillGaps(peer), end)),
  });
  const isTouched = (from: number, to: number) =>
    question.touched.some((range) => range.from <= to && range.to >= from);
  const forecast = Forecast.fit({ features, end, pointsPerDay, settlePoints, windowPoints, isTouched });
  return forecast === undefined
    ? 'insufficient_history'
    : { scale, level, sortedLevels, forecast, isTouched };
}

/** In place: a single value that is absurdly far out would outweigh all others in what is learned. What is judged stays as it is. */
function boundBy(sorted: Float64Array, known: Float64Array): void {
  const [low, high] = [OUTER, 1 - OUTER].map((share) => quantileOfSorted(sorted, share));
  const most = FARTHEST * Math.max(1, Math.abs(low!), Math.abs(high!));
  for (let at = 0; at < known.length; at++) known[at] = Math.min(Math.max(known[at]!, -most), most);
}

function isThere(means: RunningMeans, { before, settlePoints, windowPoints }: Question): boolean {
  const first = before + 1 + settlePoints;
  return (
    means.coverage(before + 1 - windowPoints, before + 1) >= LEAST_COVERAGE &&
    means.coverage(first, first + windowPoints) >= LEAST_COVERAGE
  );
}

function levelOf(z: Float64Array, points: number): Float64Array {
  if (points <= 1) return z;
  const means = new RunningMeans(z);
  return z.map((_, at) => means.mean(at + 1 - points, at + 1));
}

function scaled(values: Float64Array, end: number): Float64Array {
  const { median, sigma } = robustScale(values.subarray(0, end));
  return values.map((value) => (sigma > 0 ? (value - median) / sigma : 0));
}

function referenceAt({ forecast, level }: Past, moment: number): (ForecastError & Reference) | undefined {
  const found = forecast.errorAt(moment);
  return found && { ...found, errorPerSpread: found.error / found.spread, level: level[moment]! };
}

function compare(question: Question, past: Past): Judgement {
  const { before } = question;
  const judged = referenceAt(past, before);
  if (judged === undefined) return inconclusive('missing_data');
  const { scale, forecast } = past;
  const found = comparableMoments({
    own: [...referencesOf(question, past), ...(question.controls ?? [])],
    lowered: question.hasThreshold ? loweredReferences(question, past) : undefined,
    level: judged.level,
  });
  const errors = found.moments.map(({ value, weight }) => ({ value: value * judged.spread, weight }));
  if (errors.length === 0) return inconclusive('too_few_comparable_moments');
  const judgement = describe(question, { scale, judged, errors, lowered: found.lowered });
  const changed = hasChanged({
    ...question,
    errorAt: (moment) => forecast.errorAt(moment)?.error,
    first: Math.round(DAY_MS / question.signal.pointMs),
  });
  return { ...judgement, verdict: changed ? 'inconclusive:signal_has_changed' : verdictOf(judgement) };
}

/** The same with the threshold at a quantile of the level. */
function loweredReferences(question: Question, past: Past): (share: number) => Reference[] {
  const sign = question.direction === 'lower' ? 1 : -1;
  const { median, sigma } = past.scale;
  return (share) =>
    referencesOf(question, past, sign * (median + sigma * quantileOfSorted(past.sortedLevels, share)));
}

/** The firings of the past that nothing touched, the judged one left out. */
function referencesOf(question: Question, past: Past, threshold?: number): Reference[] {
  const { before, settlePoints, windowPoints, firings } = question;
  const reach = settlePoints + windowPoints;
  const references: Reference[] = [];
  let free = 0;
  for (const moment of firings(threshold)) {
    if (moment < free || moment + reach > before || past.isTouched(moment, moment + reach)) continue;
    const reference = referenceAt(past, moment);
    if (reference === undefined) continue;
    references.push(reference);
    free = moment + reach;
  }
  return references;
}

interface Compared {
  scale: Scale;
  judged: ForecastError & Reference;
  errors: readonly Weighted[];
  lowered: boolean;
}

function describe(
  question: Question,
  { scale, judged, errors, lowered }: Compared,
): Omit<Judgement, 'verdict'> {
  const { sigma } = scale;
  const { windowPoints, settlePoints, before, signal } = question;
  const mean = weightedMean(errors);
  const [lowError, highError] = [(1 - LEVEL) / 2, (1 + LEVEL) / 2].map((share) =>
    weightedQuantile(errors, share),
  );
  const first = before + 1 + settlePoints;
  const observed = new RunningMeans(fillGaps(signal.values)).mean(first, first + windowPoints);
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
      ...{ count: errors.length, effective: effectiveNumber(errors), lowered },
      mean: mean * sigma,
      ...finite('low', lowError! * sigma),
      ...finite('high', highError! * sigma),
    },
    error: judged.error * sigma,
    spread: judged.spread * sigma,
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

function inconclusive(reason: InconclusiveReason): Judgement {
  return { verdict: `inconclusive:${reason}`, method: METHOD };
}
