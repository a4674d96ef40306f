/** One series on a regular grid. NaN where there is no value. */
export interface SignalHistory {
  /** The time of the first value, in epoch milliseconds. */
  firstMs: number;
  /** How far two values are apart, in milliseconds. */
  pointMs: number;
  values: Float64Array;
}

/** Longer gaps stay: what stood in them is not known. */
const LONGEST_FILLED_GAP = 3;

/** The values with gaps of up to three points filled by the last value before them. What is not finite is no value. */
export function fillGaps(values: Float64Array): Float64Array {
  const filled = values.slice();
  let gap = 0;
  for (let at = 0; at < filled.length; at++) {
    if (!Number.isFinite(filled[at]!)) {
      filled[at] = NaN;
      gap += 1;
      continue;
    }
    if (gap > 0 && gap <= LONGEST_FILLED_GAP && at > gap) filled.fill(filled[at - gap - 1]!, at - gap, at);
    gap = 0;
  }
  return filled;
}

/** Means over stretches of a series in constant time. Missing points do not count. */
export class RunningMeans {
  readonly #sums: Float64Array;
  readonly #counts: Int32Array;

  constructor(values: Float64Array) {
    this.#sums = new Float64Array(values.length + 1);
    this.#counts = new Int32Array(values.length + 1);
    for (let at = 0; at < values.length; at++) {
      const isThere = !Number.isNaN(values[at]!);
      this.#sums[at + 1] = this.#sums[at]! + (isThere ? values[at]! : 0);
      this.#counts[at + 1] = this.#counts[at]! + Number(isThere);
    }
  }

  /** The mean of the points from `from` to before `to`; NaN where there is none. */
  mean(from: number, to: number): number {
    const [first, last] = [Math.max(0, from), Math.min(to, this.#counts.length - 1)];
    return (this.#sums[last]! - this.#sums[first]!) / (this.#counts[last]! - this.#counts[first]!);
  }

  /** How much of this stretch is there, from 0 to 1; what lies outside of the series is not. */
  coverage(from: number, to: number): number {
    const [first, last] = [Math.max(0, from), Math.min(to, this.#counts.length - 1)];
    return last <= first ? 0 : (this.#counts[last]! - this.#counts[first]!) / (to - from);
  }
}
