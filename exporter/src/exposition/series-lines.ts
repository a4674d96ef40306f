import type { Family, HistogramFamily, Labels, ScalarFamily } from '../model/family.ts';
import { type Dialect, escapeQuoted } from './dialect.ts';

/** How the series of a family become lines: a prefix that stays the same, and a value. */
export interface SeriesLines {
  /** Families whose prefixes for a series are the same have the same shape. */
  shape: string;
  count: number;
  perSeries: number;
  labels: (series: number) => Labels;
  /** One for each of the series' lines, up to its value. */
  prefixes: (labels: Labels) => string[];
  value: (series: number, line: number) => number;
}

export function linesOf(family: Family, dialect: Dialect): SeriesLines {
  return family.type === 'histogram' ? histogramLines(family, dialect) : scalarLines(family);
}

function scalarLines({ name, samples }: ScalarFamily): SeriesLines {
  return {
    shape: name,
    count: samples.length,
    perSeries: 1,
    labels: (series) => samples[series]!.labels,
    prefixes: (labels) => [prefix(name, labelText(labels))],
    value: (series) => samples[series]!.value,
  };
}

/** The buckets, the last of them `+Inf`, then the sum and the count. */
function histogramLines({ name, bounds, samples }: HistogramFamily, dialect: Dialect): SeriesLines {
  const boundTexts = [...bounds.map(dialect.bound), '+Inf'];
  return {
    shape: `${name} ${boundTexts.join(' ')}`,
    count: samples.length,
    perSeries: boundTexts.length + 2,
    labels: (series) => samples[series]!.labels,
    prefixes: (labels) => {
      const text = labelText(labels);
      const others = text === '' ? '' : `${text},`;
      return [
        ...boundTexts.map((bound) => prefix(`${name}_bucket`, `${others}le="${bound}"`)),
        prefix(`${name}_sum`, text),
        prefix(`${name}_count`, text),
      ];
    },
    value: (series, line) => {
      const { cumulativeCounts, count, sum } = samples[series]!;
      if (line < bounds.length) return cumulativeCounts[line]!;
      return line === boundTexts.length ? sum : count;
    },
  };
}

function prefix(name: string, labels: string): string {
  return labels === '' ? `${name} ` : `${name}{${labels}} `;
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeQuoted(value)}"`)
    .join();
}
