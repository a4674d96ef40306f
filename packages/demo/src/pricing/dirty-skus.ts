/** The SKUs whose price is to be found again, those waiting longest first. */
export class DirtySkus {
  readonly #skus = new Set<string>();
  #pricedToday = new Set<string>();
  #day = '';

  get size(): number {
    return this.#skus.size;
  }

  /** Goods were sold: they are priced again, once a business day. */
  markSold(skus: readonly string[], at: Date): void {
    this.#turnTo(at.toISOString().slice(0, 10));
    for (const sku of skus) {
      if (this.#pricedToday.has(sku)) continue;
      this.#pricedToday.add(sku);
      this.#skus.add(sku);
    }
  }

  /** All are to be priced again, whether they were today or not. */
  markAll(skus: readonly string[]): void {
    for (const sku of skus) this.#skus.add(sku);
  }

  take(count: number): string[] {
    const taken: string[] = [];
    for (const sku of this.#skus) {
      if (taken.length === count) break;
      taken.push(sku);
      this.#skus.delete(sku);
    }
    return taken;
  }

  clear(): void {
    this.#skus.clear();
  }

  #turnTo(day: string): void {
    if (day <= this.#day) return;
    this.#day = day;
    this.#pricedToday = new Set();
  }
}
