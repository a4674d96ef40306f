import { effectiveNumber, type Weighted } from './weighted-quantile.ts';

/** Fewer say nothing of the outer twentieth. */
export const FEWEST_MOMENTS = 19;

/** Quantiles of the level, in groups: the first that suffices is taken, a threshold no lower than it has to be. */
const LOWERED_TO = Array.from({ length: 10 }, (_, group) =>
  Array.from({ length: 4 }, (__, step) => 0.995 - 0.02 * group - 0.005 * step),
);
/** How near a level has to be to count, in sigmas: a fifth of the level, one at least. */
const KERNEL_SHARE = 0.2;
const KERNEL_LEAST = 1;

/** An error of a moment at which nothing was done, by the spread of such errors, and the level then. */
export interface Reference {
  errorPerSpread: number;
  level: number;
  /** The point of the signal it is of. */
  at: number;
}

/** What the error of a moment counts, and its point; one that was kept has none. */
export interface ComparableMoment extends Weighted {
  at?: number | undefined;
}

export interface MomentSearch {
  /** Of the rule itself, and those that were kept. */
  own: readonly (Pick<Reference, 'errorPerSpread'> & Partial<Reference>)[];
  /** Of the rule with its threshold at this quantile of the level; undefined when it has no threshold. */
  lowered: ((share: number) => readonly Reference[]) | undefined;
  /** The level of the judged moment, in sigmas. */
  level: number;
}

/**
 * The moments at which the rule fired and nothing was done; or, when there are too few, those at which it would have fired with a
 * lower threshold, the more like the judged one the more they weigh. The two are never mixed, and no other moments are
 * taken: both would choose by what came after, or by how old an incident is.
 */
export function comparableMoments({ own, lowered, level }: MomentSearch): {
  moments: ComparableMoment[];
  lowered: boolean;
} {
  const ofRule = own.map(({ errorPerSpread, at }) => ({ value: errorPerSpread, weight: 1, at }));
  if (ofRule.length >= FEWEST_MOMENTS || lowered === undefined) return { moments: ofRule, lowered: false };
  const width = Math.max(KERNEL_LEAST, KERNEL_SHARE * Math.abs(level));
  const suffices = (share: number): ComparableMoment[] | undefined => {
    const moments = lowered(share).map((reference) => ({
      value: reference.errorPerSpread,
      at: reference.at,
      weight: Math.exp(-(((reference.level - level) / width) ** 2) / 2),
    }));
    return effectiveNumber(moments) >= FEWEST_MOMENTS ? moments : undefined;
  };
  // Playing a rule over weeks takes a while: a group is looked at only when its lowest suffices.
  const group = LOWERED_TO.find((shares) => suffices(shares.at(-1)!) !== undefined);
  for (const share of group ?? []) {
    const moments = suffices(share);
    if (moments !== undefined) return { moments, lowered: true };
  }
  return { moments: ofRule, lowered: false };
}
