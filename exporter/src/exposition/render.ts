import type { Family } from '../model/family.ts';
import type { Dialect } from './dialect.ts';
import { LinePrefixes } from './line-prefixes.ts';
import { PageWriter } from './page-writer.ts';
import { linesOf } from './series-lines.ts';

/** Writes families in a text format. It keeps the bytes of names and labels, so that a page is copies and digits. */
export class Renderer {
  readonly #prefixes = new Map<string, LinePrefixes>();

  /**
   * Writes families sorted by name, each with one header; families without series are left out.
   * A step is a fraction of a millisecond of work: take them one by one and let others work in between.
   */
  *write(families: readonly Family[], dialect: Dialect, page: PageWriter): Generator<undefined, void> {
    for (const parts of mergeByName(families)) {
      page.text(dialect.header(parts[0]!));
      for (const [index, part] of parts.entries()) {
        const lines = linesOf(part, dialect);
        yield* this.#prefixesOf(`${index} ${lines.shape}`).write(lines, page);
      }
    }
    page.text(dialect.end);
  }

  #prefixesOf(key: string): LinePrefixes {
    const known = this.#prefixes.get(key);
    if (known !== undefined) return known;
    const prefixes = new LinePrefixes();
    this.#prefixes.set(key, prefixes);
    return prefixes;
  }
}

/** A page of few families, without turns. */
export function renderAtOnce(families: readonly Family[], dialect: Dialect): readonly Buffer[] {
  const page = new PageWriter();
  Array.from(new Renderer().write(families, dialect, page));
  return page.finish();
}

/** Two collectors may give series of one family; of two types the first one stays, as a second would spoil the page. */
function mergeByName(families: readonly Family[]): Family[][] {
  const byName = new Map<string, Family[]>();
  for (const family of families) {
    if (family.samples.length === 0) continue;
    const parts = byName.get(family.name);
    if (parts === undefined) byName.set(family.name, [family]);
    else if (parts[0]!.type === family.type) parts.push(family);
  }
  return [...byName.values()].sort(([one], [other]) => (one!.name < other!.name ? -1 : 1));
}
