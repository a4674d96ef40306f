import type { Labels } from './family.ts';

/** Keeps one object for each name: the labels of a device are then the same at every scrape, and their text is prepared once. */
export class SeriesLabels<Kept = Labels> {
  readonly #byName = new Map<string, Kept>();
  readonly #build: (name: string) => Kept;

  constructor(build: (name: string) => Kept) {
    this.#build = build;
  }

  of(name: string): Kept {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const labels = this.#build(name);
    this.#byName.set(name, labels);
    return labels;
  }
}
