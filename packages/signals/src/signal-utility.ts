import {
  type Anchors,
  type BandAnchors,
  failuresOf,
  sidesOfBand,
  steepness,
  utilityOfBand,
  utilityOfHigherRatio,
  utilityOfLower,
} from './score.ts';
import { isRange, SIGNAL_LEVEL, type Signal, type SignalScore } from './signal.ts';

/** A signal that counts in the score of its domain. */
export type ScoredSignal = Signal & { score: SignalScore };

export function isScored(signal: Signal): signal is ScoredSignal {
  return signal.score !== undefined;
}

/** How good a value of a signal is, 0 to 1; `utilityQuery` is the same formula in PromQL. */
export function utilityOf(
  { direction, score }: Pick<ScoredSignal, 'direction' | 'score'>,
  value: number,
): number {
  if (direction === 'band') return utilityOfBand(value, bandAnchors(score));
  const anchors = oneSidedAnchors(score);
  return direction === 'higher' ? utilityOfHigherRatio(value, anchors) : utilityOfLower(value, anchors);
}

/** The utility of a signal's level, of every target. */
export function utilityQuery({ name, direction, score }: ScoredSignal): string {
  const level = `${SIGNAL_LEVEL}{signal="${name}"}`;
  if (direction === 'band') return bandQuery(level, bandAnchors(score));
  const anchors = oneSidedAnchors(score);
  return direction === 'higher' ? curve(`1 - ${level}`, failuresOf(anchors)) : curve(level, anchors);
}

function bandQuery(level: string, anchors: BandAnchors): string {
  const { middle, low, high } = sidesOfBand(anchors);
  const [below, above] = [curve(`${middle} - ${level}`, low), curve(`${level} - ${middle}`, high)];
  return `(${below} <= ${above}) or ${above}`;
}

function curve(bad: string, anchors: Anchors): string {
  return `1 / (1 + (clamp_min(${bad}, 0) / ${anchors.poor}) ^ ${steepness(anchors)})`;
}

/** @throws RangeError for anchors of a band; the signals file is checked for that */
function oneSidedAnchors({ good, poor }: SignalScore): Anchors {
  if (isRange(good) || isRange(poor)) throw new RangeError('two anchors on each side are for a band');
  return { good, poor };
}

/** @throws RangeError for anchors of one side; the signals file is checked for that */
function bandAnchors({ good, poor }: SignalScore): BandAnchors {
  if (!isRange(good) || !isRange(poor)) throw new RangeError('a band has two anchors on each side');
  return { good, poor };
}
