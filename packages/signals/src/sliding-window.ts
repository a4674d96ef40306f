/**
 * The last so many values, sorted as they come: quantiles and the standard deviation over time without looking at all of
 * them again. Both are as Prometheus' `quantile_over_time` and `stddev_over_time` define them.
 */
export class SlidingWindow {
  readonly #ring: Float64Array;
  readonly #sorted: Float64Array;
  #next = 0;
  #count = 0;

  /** @param capacity in points, holes included */
  constructor(capacity: number) {
    this.#ring = new Float64Array(capacity).fill(Number.NaN);
    this.#sorted = new Float64Array(capacity);
  }

  /** How many values there are. */
  get count(): number {
    return this.#count;
  }

  /** A copy that goes its own way from here. */
  fork(): SlidingWindow {
    const copy = new SlidingWindow(this.#ring.length);
    copy.#ring.set(this.#ring);
    copy.#sorted.set(this.#sorted);
    copy.#next = this.#next;
    copy.#count = this.#count;
    return copy;
  }

  /** The next point, undefined where there is a hole; the oldest one leaves. */
  push(value: number | undefined): void {
    const oldest = this.#ring[this.#next]!;
    if (!Number.isNaN(oldest)) this.#remove(oldest);
    this.#ring[this.#next] = value ?? Number.NaN;
    this.#next = (this.#next + 1) % this.#ring.length;
    if (value !== undefined) this.#insert(value);
  }

  /** Between the nearest two ranks, interpolated linearly; NaN without values. */
  quantile(share: number): number {
    if (this.#count === 0) return Number.NaN;
    const rank = share * (this.#count - 1);
    const lower = Math.floor(rank);
    const upper = Math.min(lower + 1, this.#count - 1);
    const weight = rank - lower;
    return this.#sorted[lower]! * (1 - weight) + this.#sorted[upper]! * weight;
  }

  mean(): number {
    let sum = 0;
    for (let index = 0; index < this.#count; index += 1) sum += this.#sorted[index]!;
    return sum / this.#count;
  }

  /** Of the population, not of a sample; NaN without values. */
  standardDeviation(): number {
    const mean = this.mean();
    let squares = 0;
    for (let index = 0; index < this.#count; index += 1) squares += (this.#sorted[index]! - mean) ** 2;
    return Math.sqrt(squares / this.#count);
  }

  #insert(value: number): void {
    const rank = this.#rank(value);
    this.#sorted.copyWithin(rank + 1, rank, this.#count);
    this.#sorted[rank] = value;
    this.#count += 1;
  }

  #remove(value: number): void {
    const rank = this.#rank(value);
    this.#sorted.copyWithin(rank, rank + 1, this.#count);
    this.#count -= 1;
  }

  /** How many values are smaller. */
  #rank(value: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
