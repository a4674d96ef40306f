/** Keeps values by key; with a bound, those used longest ago go first. */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, Value>();
  #maxEntries: number;

  /** @param maxEntries 0 is without bound */
  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    // A Map keeps the order of insertion: what is used moves to its end.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#evict();
  }

  /** Holds from now on; what is too much goes at once. */
  bound(maxEntries: number): void {
    this.#maxEntries = maxEntries;
    this.#evict();
  }

  #evict(): void {
    if (this.#maxEntries === 0) return;
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries) return;
      this.#entries.delete(key);
    }
  }
}
