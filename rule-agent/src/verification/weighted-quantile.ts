export interface Weighted {
  value: number;
  weight: number;
}

/**
 * The quantile of weighted values that a new one, of weight 1, is below with probability `share`: with all weights 1 that is
 * type 6 of Hyndman and Fan ("weibull"), at position share (n + 1). Each value stands in the middle of its weight and the
 * new one's; between two of them it is linear. Type 7, the usual one, is too narrow for what comes next: with 19 values
 * its 5 % and 95 % hold 82 to 88 % instead of 90 %.
 *
 * @returns minus or plus infinity where the position lies beyond the outermost value: too few values to say
 */
export function weightedQuantile(values: readonly Weighted[], share: number): number {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const position = share * (1 + sumOfWeights(sorted));
  let before = 0;
  let last: { at: number; value: number } | undefined;
  for (const { value, weight } of sorted) {
    const at = before + (weight + 1) / 2;
    if (at >= position - ROUNDING) {
      if (last === undefined) return at <= position + ROUNDING ? value : -Infinity;
      return last.value + ((value - last.value) * (position - last.at)) / (at - last.at);
    }
    last = { at, value };
    before += weight;
  }
  return Infinity;
}

/** 0.95 x 20 is not quite 19. */
const ROUNDING = 1e-9;

export function sumOfWeights(values: readonly Pick<Weighted, 'weight'>[]): number {
  return values.reduce((sum, { weight }) => sum + weight, 0);
}

/** How many values of weight 1 say as much: the smaller of the sum of weights and Kish's effective number. */
export function effectiveNumber(values: readonly Pick<Weighted, 'weight'>[]): number {
  const sum = sumOfWeights(values);
  const squares = values.reduce((total, { weight }) => total + weight * weight, 0);
  return squares === 0 ? 0 : Math.min(sum, (sum * sum) / squares);
}

export function weightedMean(values: readonly Weighted[]): number {
  return values.reduce((sum, { value, weight }) => sum + value * weight, 0) / sumOfWeights(values);
}
