import { coversLabels, type Labels } from './target.ts';

interface Labelled {
  labels: Labels;
}

/** Things with labels, found by some of these without going through all. What it looks up by is put together when first asked. */
export class LabelIndex<Item extends Labelled> {
  readonly items: readonly Item[];
  readonly #byName = new Map<string, Map<string, Item[]>>();

  constructor(items: readonly Item[] = []) {
    this.items = items;
  }

  /** Those that have every label of `part` with the same value, in their order. */
  covering(part: Labels): readonly Item[] {
    let fewest = this.items;
    for (const name in part) {
      const having = this.#valuesOf(name).get(part[name]!) ?? [];
      if (having.length < fewest.length) fewest = having;
    }
    return fewest.filter(({ labels }) => coversLabels(labels, part));
  }

  #valuesOf(name: string): Map<string, Item[]> {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const values = new Map<string, Item[]>();
    for (const item of this.items) {
      const value = item.labels[name];
      if (value === undefined) continue;
      const having = values.get(value);
      if (having === undefined) values.set(value, [item]);
      else having.push(item);
    }
    this.#byName.set(name, values);
    return values;
  }
}
