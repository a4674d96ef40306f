import type { Reference } from './comparable-moments.ts';
import type { Past } from './learn.ts';
import type { Question } from './question.ts';
import { quantileOfSorted } from './scale.ts';

/** Where firings are looked for, and what is asked of each; undefined where that is not known. */
export interface ReferenceSource {
  question: Question;
  past: Past;
  at: (moment: number) => Reference | undefined;
}

/** The firings of the past that nothing touched, the judged one left out. */
export function referencesOf({ question, past, at }: ReferenceSource, threshold?: number): Reference[] {
  const { before, settlePoints, windowPoints, firings } = question;
  const reach = settlePoints + windowPoints;
  const references: Reference[] = [];
  let free = 0;
  for (const moment of firings(threshold)) {
    if (moment < free || moment + reach > before || past.isTouched(moment, moment + reach)) continue;
    const reference = at(moment);
    if (reference === undefined) continue;
    references.push(reference);
    free = moment + reach;
  }
  return references;
}

/** The same with the threshold at a quantile of the level. */
export function loweredReferences(source: ReferenceSource): (share: number) => Reference[] {
  const sign = source.question.direction === 'lower' ? 1 : -1;
  const { scale, sortedLevels } = source.past;
  return (share) =>
    referencesOf(source, sign * (scale.median + scale.sigma * quantileOfSorted(sortedLevels, share)));
}
