import type { Family, HistogramFamily, HistogramSample, Labels, ScalarFamily } from '../model/family.ts';

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Writes families in the Prometheus text format 0.0.4. It keeps the text of labels, as series mostly keep their object. */
export class TextRenderer {
  readonly #labelTexts = new WeakMap<Labels, string>();

  /** Sorted by name, each family with one HELP and TYPE; families without series are left out. */
  render(families: readonly Family[]): string {
    const sorted = [...mergeByName(families)].sort(([one], [other]) => (one < other ? -1 : 1));
    let text = '';
    for (const [name, parts] of sorted) {
      const { help, type } = parts[0]!;
      text += `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`;
      for (const part of parts)
        text += part.type === 'histogram' ? this.#histograms(part) : this.#scalars(part);
    }
    return text;
  }

  #scalars({ name, samples }: ScalarFamily): string {
    let text = '';
    for (const { labels, value } of samples) {
      const inner = this.#labelText(labels);
      text += inner === '' ? `${name} ${formatValue(value)}\n` : `${name}{${inner}} ${formatValue(value)}\n`;
    }
    return text;
  }

  #histograms({ name, bounds, samples }: HistogramFamily): string {
    return samples
      .map((sample) => renderHistogram({ name, bounds, sample, inner: this.#labelText(sample.labels) }))
      .join('');
  }

  #labelText(labels: Labels): string {
    const known = this.#labelTexts.get(labels);
    if (known !== undefined) return known;
    const text = Object.entries(labels)
      .map(([name, value]) => `${name}="${escapeLabel(value)}"`)
      .join(',');
    this.#labelTexts.set(labels, text);
    return text;
  }
}

/** Two collectors may give series of one family; of two types the first one stays, as a second would spoil the page. */
function mergeByName(families: readonly Family[]): Map<string, Family[]> {
  const byName = new Map<string, Family[]>();
  for (const family of families) {
    if (family.samples.length === 0) continue;
    const parts = byName.get(family.name);
    if (parts === undefined) byName.set(family.name, [family]);
    else if (parts[0]!.type === family.type) parts.push(family);
  }
  return byName;
}

interface OneHistogram {
  name: string;
  bounds: readonly number[];
  sample: HistogramSample;
  /** The labels' text without braces. */
  inner: string;
}

function renderHistogram({ name, bounds, sample, inner }: OneHistogram): string {
  const prefix = inner === '' ? '' : `${inner},`;
  const suffix = inner === '' ? '' : `{${inner}}`;
  let text = '';
  for (const [index, bound] of bounds.entries()) {
    text += `${name}_bucket{${prefix}le="${bound}"} ${sample.cumulativeCounts[index]!}\n`;
  }
  text += `${name}_bucket{${prefix}le="+Inf"} ${sample.count}\n`;
  return `${text}${name}_sum${suffix} ${formatValue(sample.sum)}\n${name}_count${suffix} ${sample.count}\n`;
}

/** As Prometheus reads numbers: NaN, +Inf and -Inf have names of their own. */
export function formatValue(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}

function escapeHelp(text: string): string {
  return text.replace(/[\\\n]/g, (character) => (character === '\n' ? '\\n' : '\\\\'));
}

const LABEL_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '"': '\\"' };

function escapeLabel(text: string): string {
  return text.replace(/[\\\n"]/g, (character) => LABEL_ESCAPES[character]!);
}
