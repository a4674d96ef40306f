import type { Family, HistogramFamily, HistogramSample, Labels, ScalarFamily } from '../model/family.ts';
import { type Dialect, escapeQuoted } from './dialect.ts';
import { formatValue } from './number-text.ts';

/** Small enough that its writer can look up in between, large enough that joining the lines pays. */
const LINES_PER_PIECE = 400;
const PIECE_CHARACTERS = 16 * 1024;

/** Writes families in a text format. It keeps the text of series, which mostly come in the same order with the same labels. */
export class Renderer {
  readonly #prefixes = new Map<string, SeriesPrefixes>();

  /**
   * The page in pieces, families sorted by name, each with one header; families without series are left out.
   * A piece is a fraction of a millisecond of work: take them one by one and let others work in between.
   */
  *render(families: readonly Family[], dialect: Dialect): Generator<string> {
    let text = '';
    for (const parts of mergeByName(families)) {
      text += dialect.header(parts[0]!);
      for (const [index, part] of parts.entries()) {
        for (const lines of this.#lines(part, index, dialect)) {
          text += lines;
          if (text.length < PIECE_CHARACTERS) continue;
          yield text;
          text = '';
        }
      }
    }
    yield text + dialect.end;
  }

  #lines(family: Family, part: number, dialect: Dialect): Generator<string> {
    const key = part === 0 ? family.name : `${family.name} ${part}`;
    let prefixes = this.#prefixes.get(key);
    if (prefixes === undefined) {
      prefixes = new SeriesPrefixes();
      this.#prefixes.set(key, prefixes);
    }
    prefixes.keep(family.samples.length);
    return family.type === 'histogram'
      ? histogramLines(family, prefixes, dialect)
      : scalarLines(family, prefixes);
  }
}

/** The texts before the values of a family's series, by their place in it: comparing objects is cheaper than looking up. */
class SeriesPrefixes {
  readonly #labels: Labels[] = [];
  readonly #texts: string[] = [];

  /** Forgets the series past the first `count`. */
  keep(count: number): void {
    if (this.#labels.length <= count) return;
    this.#labels.length = count;
    this.#texts.length = count;
  }

  at(index: number, labels: Labels, build: (labels: Labels) => string): string {
    if (this.#labels[index] === labels) return this.#texts[index]!;
    const text = build(labels);
    this.#labels[index] = labels;
    this.#texts[index] = text;
    return text;
  }
}

function* scalarLines({ name, samples }: ScalarFamily, prefixes: SeriesPrefixes): Generator<string> {
  const build = (labels: Labels) => {
    const inner = labelText(labels);
    // Joined, not added: a string that was added together is a tree of its parts, three times the size.
    return (inner === '' ? [name, ' '] : [name, '{', inner, '} ']).join('');
  };
  for (let start = 0; start < samples.length; start += LINES_PER_PIECE) {
    const end = Math.min(start + LINES_PER_PIECE, samples.length);
    const lines: string[] = [];
    for (let index = start; index < end; index++) {
      const { labels, value } = samples[index]!;
      lines.push(prefixes.at(index, labels, build) + formatValue(value));
    }
    lines.push('');
    yield lines.join('\n');
  }
}

function* histogramLines(
  { name, bounds, samples }: HistogramFamily,
  prefixes: SeriesPrefixes,
  dialect: Dialect,
): Generator<string> {
  const boundTexts = bounds.map(dialect.bound);
  for (const [index, sample] of samples.entries()) {
    const inner = prefixes.at(index, sample.labels, labelText);
    yield renderHistogram({ name, boundTexts, sample, inner });
  }
}

interface OneHistogram {
  name: string;
  boundTexts: readonly string[];
  sample: HistogramSample;
  /** The labels' text without braces. */
  inner: string;
}

function renderHistogram({ name, boundTexts, sample, inner }: OneHistogram): string {
  const prefix = inner === '' ? '' : `${inner},`;
  const suffix = inner === '' ? '' : `{${inner}}`;
  let text = '';
  for (const [index, bound] of boundTexts.entries()) {
    text += `${name}_bucket{${prefix}le="${bound}"} ${sample.cumulativeCounts[index]!}\n`;
  }
  text += `${name}_bucket{${prefix}le="+Inf"} ${sample.count}\n`;
  return `${text}${name}_sum${suffix} ${formatValue(sample.sum)}\n${name}_count${suffix} ${sample.count}\n`;
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .flatMap(([name, value], index) => [index === 0 ? '' : ',', name, '="', escapeQuoted(value), '"'])
    .join('');
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
