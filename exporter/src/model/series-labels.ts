import type { Labels } from './family.ts';

/** Keeps one labels object for each device or interface, so that its text is prepared once and not at every scrape. */
export class SeriesLabels {
  readonly #byName = new Map<string, Labels>();
  readonly #build: (name: string) => Labels;

  constructor(build: (name: string) => Labels) {
    this.#build = build;
  }

  of(name: string): Labels {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const labels = this.#build(name);
    this.#byName.set(name, labels);
    return labels;
  }
}
