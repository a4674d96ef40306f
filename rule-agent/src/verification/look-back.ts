import type { Look, VerdictReviewed } from '../model/event.ts';
import type { Judgement } from '../model/judgement.ts';
import { comparableMoments, type Reference } from './comparable-moments.ts';
import { inconclusive, judgeBy } from './judge.ts';
import { learn, type Past } from './learn.ts';
import type { Question } from './question.ts';
import { loweredReferences, referencesOf } from './references.ts';
import { weightedMean, weightedQuantile } from './weighted-quantile.ts';

/** An effect that was called an improvement looks larger than it is, since it had to be large for that: this much of it has to last. */
const LASTING_SHARE = 2 / 3;
/** In so many of the firings that were left alone the same falls by less. */
const SURE = 0.95;

type Decline = NonNullable<VerdictReviewed['decline']>;

/** Whether an improvement lasted. */
export interface LookBack {
  faded: boolean;
  /** Of what came after the first window. */
  judgement: Judgement;
  decline?: Decline;
}

/**
 * Whether an action that had improved its signal in the first window still does so in what comes after it. It faded when less than two thirds of
 * the effect is left, by more than chance makes of that when nobody acts, and what is left is too small to count. To ask for proof
 * that nothing is left would find one in three of those that end at once.
 *
 * @param question as it was asked for the first window; the signal goes on to the end of the last
 */
export function lookBack(question: Question, look: Look): LookBack {
  const { settlePoints, windowPoints } = question;
  const later = {
    ...question,
    settlePoints: settlePoints + windowPoints,
    windowPoints: (look - 1) * windowPoints,
  };
  const [before, after] = [learn(question), learn(later)];
  if (typeof after === 'string') return { faded: false, judgement: inconclusive(after) };
  const judgement = judgeBy(after, later);
  const decline = typeof before === 'string' ? undefined : declineOf(before, after, later);
  if (decline === undefined) return { faded: false, judgement };
  const { effect = Infinity, minimum = 0, verdict } = judgement;
  const isKnown = verdict !== 'inconclusive:signal_has_changed' && decline.bound !== undefined;
  return {
    faded: isKnown && decline.estimate > decline.bound! && effect < minimum,
    ...{ judgement, decline },
  };
}

/** How much of an effect was lost between two windows, and how much of none is. */
function declineOf(before: Past, after: Past, question: Question): Decline | undefined {
  const at = (moment: number) => lossAt(before, after, moment);
  const judged = at(question.before);
  if (judged === undefined) return undefined;
  const source = { question, past: after, at };
  const { moments } = comparableMoments({
    own: referencesOf(source).references,
    lowered: question.hasThreshold ? loweredReferences(source) : undefined,
    level: judged.level,
  });
  if (moments.length === 0) return undefined;
  const [usual, most] = [weightedMean(moments), weightedQuantile(moments, SURE)];
  const unit = judged.spread * after.scale.sigma;
  return {
    estimate: (judged.errorPerSpread - usual) * unit,
    ...(Number.isFinite(most) && { bound: (most - usual) * unit }),
  };
}

/** How much worse what came after a moment's first window went, against the forecasts, than two thirds of what that did. */
function lossAt(before: Past, after: Past, moment: number): (Reference & { spread: number }) | undefined {
  const [first, later] = [before, after].map(({ forecast }) => forecast.errorAt(moment));
  if (first === undefined || later === undefined) return undefined;
  const { spread } = later;
  const loss = LASTING_SHARE * first.error - later.error;
  return { at: moment, errorPerSpread: loss / spread, level: after.level[moment]!, spread };
}
