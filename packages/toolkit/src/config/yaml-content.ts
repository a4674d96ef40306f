import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type YAMLMap,
} from 'yaml';
import { MOST_DIAGNOSTICS } from '../diagnostics/diagnostic.ts';
import { shorten } from '../diagnostics/shorten.ts';
import { YAML_LIMITS, type YamlProblem } from './yaml-problem.ts';

/** What is wrong with a document that could be read: its syntax, tags, keys that are given twice, aliases. */
export function contentProblems(document: Document.Parsed, text: string): YamlProblem[] {
  const { errors, warnings, contents } = document;
  const first = [...errors, ...warnings].slice(0, MOST_DIAGNOSTICS + 1);
  const found = first.map(({ code, message, pos: [from, to] }) =>
    code === 'TAG_RESOLVE_FAILED'
      ? { from, to, ...unknownTag(text.slice(from, to)) }
      : { from, to, message: wording(code, message) },
  );
  if (found.length > 0 || contents === null) return found;
  const survey = new Survey();
  survey.measure(contents, 0);
  return survey.problems;
}

function wording(code: string, message: string): string {
  return code === 'NON_STRING_KEY' ? 'a key has to be text' : message;
}

function unknownTag(tag: string): { message: string; hint: string } {
  return {
    message: `the tag ${shorten(tag, 40)} is not supported`,
    hint: 'leave it out: values are text, numbers, true, false, null, lists and mappings',
  };
}

/** How much there is at a place once its aliases are followed. */
interface Extent {
  nodes: number;
  /** Lists and mappings within each other. */
  levels: number;
}

const LEAF: Extent = { nodes: 1, levels: 0 };

/** One walk over a document that visits every node once, however often aliases name it. */
class Survey {
  readonly problems: YamlProblem[] = [];
  /** What an anchor names; `open` while the walk is still within it. */
  readonly #anchors = new Map<string, Extent | 'open'>();
  #aliases = 0;
  #repeated = 0;
  #hasEnded = false;

  measure(node: unknown, depth: number): Extent {
    if (this.#hasEnded) return LEAF;
    if (isAlias(node)) return this.#measureAlias(node, depth);
    if (isScalar(node)) this.#checkText(node);
    const anchor = isScalar(node) || isCollection(node) ? node.anchor : undefined;
    if (anchor === undefined) return this.#measureItems(node, depth);
    this.#anchors.set(anchor, 'open');
    const extent = this.#measureItems(node, depth);
    // Further in, the same name may have been given again: then that one counts from here on.
    if (this.#anchors.get(anchor) === 'open') this.#anchors.set(anchor, extent);
    return extent;
  }

  #measureItems(node: unknown, depth: number): Extent {
    if (!isCollection(node)) return LEAF;
    if (isMap(node)) this.#checkKeys(node);
    const below = node.items
      .flatMap((item) => (isPair(item) ? [item.key, item.value] : [item]))
      .map((item) => this.measure(item, depth + 1));
    return below.reduce(
      ({ nodes, levels }, item) => ({ nodes: nodes + item.nodes, levels: Math.max(levels, item.levels + 1) }),
      { nodes: 1, levels: 1 },
    );
  }

  #measureAlias(alias: Alias, depth: number): Extent {
    const named = this.#anchors.get(alias.source);
    if (named === undefined)
      return this.#refuse(alias, `no anchor &${shorten(alias.source, 40)} before this`);
    if (named === 'open') return this.#refuse(alias, 'an alias cannot stand within what it names');
    this.#aliases += 1;
    this.#repeated += named.nodes;
    const { aliases, repeated, depth: deepest } = YAML_LIMITS;
    if (this.#aliases > aliases) return this.#end(alias, `more than ${aliases} aliases`);
    if (this.#repeated > repeated) return this.#end(alias, `aliases repeat more than ${repeated} values`);
    if (depth + named.levels > deepest) {
      return this.#end(alias, `more than ${deepest} lists and mappings within each other`);
    }
    return named;
  }

  /** A key that is given twice would silently hide what was written first. */
  #checkKeys({ items }: YAMLMap): void {
    const seen = new Set<unknown>();
    for (const { key } of items) {
      if (!isScalar(key)) continue;
      if (seen.has(key.value)) this.#refuse(key, `the key ${shorten(String(key.value), 40)} is given twice`);
      if (this.#hasEnded) return;
      seen.add(key.value);
    }
  }

  /** Neither can be written to a database or sent to anybody. */
  #checkText(node: Node & { value: unknown }): void {
    if (typeof node.value !== 'string') return;
    if (node.value.includes('\u0000') || !node.value.isWellFormed()) {
      this.#refuse(node, 'a text cannot hold \\0 or half of a character');
    }
  }

  #refuse({ range }: Node, message: string): Extent {
    const [from, to] = range ?? [0, 1];
    this.problems.push({ from, to, message });
    this.#hasEnded ||= this.problems.length > MOST_DIAGNOSTICS;
    return LEAF;
  }

  /** The same for what is too much, after which there is no point in going on. */
  #end(node: Node, message: string): Extent {
    this.#hasEnded = true;
    return this.#refuse(node, message);
  }
}
