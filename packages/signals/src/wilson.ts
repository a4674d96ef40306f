/** One-sided confidence -> quantile of the standard normal distribution. */
export const NORMAL_QUANTILES = { 0.8: 0.841621, 0.9: 1.281552, 0.95: 1.644854, 0.99: 2.326348 } as const;

export type Confidence = keyof typeof NORMAL_QUANTILES;

export const CONFIDENCES = [0.8, 0.9, 0.95, 0.99] as const satisfies readonly Confidence[];

export interface Sample {
  /** Observed share, 0 to 1; what lies beyond (rates are extrapolated) counts as 0 or 1. */
  share: number;
  /** How many draws, above 0; need not be whole. */
  size: number;
}

export type BoundSide = 'low' | 'high';

/**
 * The score bound of Wilson on the share that a sample stands for, with continuity correction: a share beyond it is refuted
 * at this confidence. One of two proves next to nothing, a hundred of two hundred nearly what they show; unlike
 * p +- z * sqrt(p q / n) it also holds at 0 and at 1.
 *
 * Sources: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209-212; with
 * the correction, which moves the observed share half a draw outwards: R. G. Newcombe, Two-sided confidence intervals for the
 * single proportion, Statistics in Medicine 17 (1998) 857-872, method 4.
 *
 * @returns 0 to 1
 */
export function wilsonBound({ share, size }: Sample, confidence: Confidence, side: BoundSide): number {
  const z = NORMAL_QUANTILES[confidence];
  const sign = side === 'low' ? -1 : 1;
  const p = Math.min(1, Math.max(0, share + (sign * 0.5) / size));
  const halfWidth = z * Math.sqrt((p * (1 - p)) / size + z ** 2 / 4 / size ** 2);
  return (p + z ** 2 / 2 / size + sign * halfWidth) / (1 + z ** 2 / size);
}

/** The same in PromQL, of two instant vectors with the same labels. */
export function wilsonBoundQuery(
  sample: { share: string; size: string },
  confidence: Confidence,
  side: BoundSide,
): string {
  const z = NORMAL_QUANTILES[confidence];
  const sign = side === 'low' ? '-' : '+';
  const n = sample.size;
  const p = `clamp(${sample.share} ${sign} 0.5 / ${n}, 0, 1)`;
  const halfWidth = `${z} * sqrt(${p} * (1 - ${p}) / ${n} + ${z ** 2 / 4} / ${n} ^ 2)`;
  return `(${p} + ${z ** 2 / 2} / ${n} ${sign} ${halfWidth}) / (1 + ${z ** 2} / ${n})`;
}
