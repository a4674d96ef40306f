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

/** Firings of the past, and how many of them cannot be used because an action touched them or what came after. */
export interface FoundReferences {
  references: Reference[];
  /** Where an action was sent, then or in the window after. */
  touched: number;
  /** Of these, where it was sent only after the firing: because of what came then. */
  cutShort: number;
}

/** The firings of the past, the judged one left out. */
export function referencesOf({ question, past, at }: ReferenceSource, threshold?: number): FoundReferences {
  const { before, settlePoints, windowPoints, firings } = question;
  const reach = settlePoints + windowPoints;
  const found: FoundReferences = { references: [], touched: 0, cutShort: 0 };
  let free = 0;
  for (const moment of firings(threshold)) {
    if (moment < free || moment + reach > before) continue;
    if (past.isTouched(moment, moment + reach)) {
      found.touched += 1;
      if (!past.isTouched(moment, moment)) found.cutShort += 1;
      continue;
    }
    const reference = at(moment);
    if (reference === undefined) continue;
    found.references.push(reference);
    free = moment + reach;
  }
  return found;
}

/**
 * Whether kept controls may stand beside what the past of the signal holds. Where most firings were acted on, the forecast has learned little of how such
 * moments go by themselves, and errs otherwise than the forecasts that those controls were made with.
 */
export function mayTakeControls({ references, touched }: FoundReferences): boolean {
  return touched <= references.length;
}

/** Of firings at a lower threshold so many may have gone on to the rule's own, and have been acted on. */
const MOST_CUT_SHORT = 0.1;

/** The same with the threshold at a quantile of the level. None where many were acted on later: those that are left are the ones that went well. */
export function loweredReferences(source: ReferenceSource): (share: number) => Reference[] {
  const sign = source.question.direction === 'lower' ? 1 : -1;
  const { scale, sortedLevels } = source.past;
  return (share) => {
    const threshold = sign * (scale.median + scale.sigma * quantileOfSorted(sortedLevels, share));
    const { references, cutShort } = referencesOf(source, threshold);
    return cutShort > MOST_CUT_SHORT * (references.length + cutShort) ? [] : references;
  };
}
