import type { Reference } from './comparable-moments.ts';
import { Features } from './features.ts';
import { Forecast, type ForecastError } from './forecast.ts';
import type { InconclusiveReason, Question } from './question.ts';
import { quantileOfSorted, robustScale, type Scale, sortedNumbers } from './scale.ts';
import { fillGaps, RunningMeans } from './signal-history.ts';

const DAY_MS = 86_400_000;
const LEAST_DAYS = 2;
const LEAST_COVERAGE = 0.8;
/** Values count within ten times the 0.1 % and 99.9 % quantiles of the past. */
const OUTER = 0.001;
const FARTHEST = 10;

/** What the past of a signal says: in sigmas, and turned so that more is worse. */
export interface Past {
  /** The mean over the window that is judged, in the signal's own unit and direction. */
  observed: number;
  scale: Scale;
  level: Float64Array;
  sortedLevels: Float64Array;
  forecast: Forecast;
  isTouched: (from: number, to: number) => boolean;
}

/** What the past says of the signal, or why it says nothing. */
export function learn(question: Question): Past | InconclusiveReason {
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
  boundBy(scale.sorted.map(toSigmas), z);
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
  if (forecast === undefined) return 'insufficient_history';
  const [first, afterLast] = windowOf(question);
  return { observed: sign * means.mean(first, afterLast), scale, level, sortedLevels, forecast, isTouched };
}

/** In place: a single value that is absurdly far out would outweigh all others, in what is learned and in what is judged by it. */
function boundBy(sorted: Float64Array, known: Float64Array): void {
  const [low, high] = [OUTER, 1 - OUTER].map((share) => quantileOfSorted(sorted, share));
  const most = FARTHEST * Math.max(1, Math.abs(low!), Math.abs(high!));
  for (let at = 0; at < known.length; at++) known[at] = Math.min(Math.max(known[at]!, -most), most);
}

function isThere(means: RunningMeans, question: Question): boolean {
  const { before, windowPoints } = question;
  return (
    means.coverage(before + 1 - windowPoints, before + 1) >= LEAST_COVERAGE &&
    means.coverage(...windowOf(question)) >= LEAST_COVERAGE
  );
}

/** The first point of the window, and the one after its last. */
function windowOf({ before, settlePoints, windowPoints }: Question): [number, number] {
  const first = before + 1 + settlePoints;
  return [first, first + windowPoints];
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

/** A moment as one to compare with; undefined where it, or what came after it, is not known well enough. */
export function referenceAt(
  { forecast, level }: Past,
  moment: number,
): (ForecastError & Reference) | undefined {
  const found = forecast.errorAt(moment);
  return found && { ...found, errorPerSpread: found.error / found.spread, level: level[moment]!, at: moment };
}
