import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Metric, OUR_PARTS, PARTS } from './metric.ts';

/** Every metric that dashboards, rules and alerts may rely on, as the parts exposed them when it was recorded. */
export const CATALOGUE_FILE = join(import.meta.dirname, '..', '..', 'catalogue', 'metrics.json');

/** Metrics that signals ask for already and that nothing exposes yet: their signals are missing until then. */
const PLANNED_FILE = join(import.meta.dirname, '..', '..', 'catalogue', 'planned.json');

export function readPlanned(): Metric[] {
  return readCatalogue(PLANNED_FILE);
}

export function readCatalogue(file = CATALOGUE_FILE): Metric[] {
  return JSON.parse(readFileSync(file, 'utf8')) as Metric[];
}

/** One metric a line, by name, so that a change is one line of a diff. */
export function renderCatalogue(metrics: readonly Metric[]): string {
  const lines = [...metrics]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, type, unit, labels, parts, help }) =>
      JSON.stringify({ name, type, unit, labels, parts, help }),
    );
  return `[\n${lines.join(',\n')}\n]\n`;
}

/** What several pages expose, taken together: a metric of two parts has the labels of both. */
export function mergeMetrics(pages: readonly (readonly Metric[])[]): Metric[] {
  const merged = new Map<string, Metric>();
  for (const metric of pages.flat()) {
    const known = merged.get(metric.name);
    merged.set(metric.name, known === undefined ? metric : mergeTwo(known, metric));
  }
  return [...merged.values()];
}

/** Where catalogue and reality are apart, each as a sentence. */
export function differences(catalogue: readonly Metric[], exposed: readonly Metric[]): string[] {
  const ours = catalogue.filter(({ parts }) => parts.some((part) => OUR_PARTS.includes(part)));
  const known = new Map(ours.map((metric) => [metric.name, metric]));
  const seen = new Map(exposed.map((metric) => [metric.name, metric]));
  return [
    ...exposed.flatMap((metric) => whatIsNew(metric, known.get(metric.name))),
    ...ours
      .filter(({ name }) => !seen.has(name))
      .map(({ name }) => `${name} is in the catalogue and nothing exposes it`),
  ];
}

function whatIsNew({ name, type, help, labels, parts }: Metric, known: Metric | undefined): string[] {
  if (known === undefined) return [`${name} of the ${parts.join(' and the ')} is not in the catalogue`];
  const newLabels = labels.filter((label) => !known.labels.includes(label));
  const newParts = parts.filter((part) => !known.parts.includes(part));
  return [
    ...(known.type === type ? [] : [`${name} is a ${type}, in the catalogue a ${known.type}`]),
    ...(known.help === help ? [] : [`${name} has another help text than in the catalogue`]),
    ...newLabels.map((label) => `${name} has a label ${label}, which is not in the catalogue`),
    ...newParts.map((part) => `${name} is exposed by the ${part} too, which is not in the catalogue`),
  ];
}

function mergeTwo(a: Metric, b: Metric): Metric {
  const labels = [...new Set([...a.labels, ...b.labels])].sort();
  const parts = PARTS.filter((part) => a.parts.includes(part) || b.parts.includes(part));
  return { ...a, labels, parts };
}
