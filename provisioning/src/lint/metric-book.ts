import type { Metric } from '../catalogue/metric.ts';
import { analyse, type MetricBook } from '../promql/analyse.ts';
import { type Labels, NO_LABELS, union } from '../promql/labels.ts';
import type { PlacedRule } from './rules.ts';

/** What every series gets from the scrape that it came from. */
const OF_THE_SCRAPE: Labels = new Set(['job', 'instance']);

/** Series that Prometheus makes of itself for each scrape. */
const SYNTHETIC = ['up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'scrape_series_added'];

/** Rules build on rules that build on rules; more often than the longest such chain nothing changes. */
const LONGEST_CHAIN = 20;

/** Everything that a query can ask for: what is exposed, what Prometheus adds, what the rules record and alert. */
export function metricBook(catalogue: readonly Metric[], rules: readonly PlacedRule[]): MetricBook {
  const labels = new Map<string, Labels>(SYNTHETIC.map((name) => [name, OF_THE_SCRAPE]));
  for (const metric of catalogue) for (const [name, own] of seriesOf(metric)) labels.set(name, own);
  const book: MetricBook = {
    get names() {
      return [...labels.keys()];
    },
    labelsOf: (name) => labels.get(name),
  };
  addRecorded(rules, labels, book);
  const ofAlerts = union(...alertLabels(rules, book), new Set(['alertname', 'alertstate']));
  for (const name of ['ALERTS', 'ALERTS_FOR_STATE']) labels.set(name, ofAlerts);
  return book;
}

/** A histogram is three names; the buckets have `le`. */
function seriesOf({ name, type, labels }: Metric): [string, Labels][] {
  const own = union(OF_THE_SCRAPE, new Set(labels));
  if (type !== 'histogram') return [[name, own]];
  return [
    [`${name}_bucket`, union(own, new Set(['le']))],
    [`${name}_sum`, own],
    [`${name}_count`, own],
  ];
}

/** The labels of recorded series follow from their expressions; several rules of one name give them together. */
function addRecorded(rules: readonly PlacedRule[], labels: Map<string, Labels>, book: MetricBook): void {
  const recording = rules.filter(({ record }) => record !== undefined);
  for (const { record } of recording) labels.set(record!, NO_LABELS);
  for (let round = 0; round < LONGEST_CHAIN; round++) {
    const before = sizeOf(labels);
    for (const { record, expr, labels: added = {} } of recording) {
      const result = union(analyse(expr, book).labels, new Set(Object.keys(added)));
      labels.set(record!, union(labels.get(record!)!, result));
    }
    if (sizeOf(labels) === before) return;
  }
}

function alertLabels(rules: readonly PlacedRule[], book: MetricBook): Labels[] {
  return rules
    .filter(({ alert }) => alert !== undefined)
    .map(({ expr, labels: added = {} }) => union(analyse(expr, book).labels, new Set(Object.keys(added))));
}

/** Grows until nothing changes any more. */
function sizeOf(labels: ReadonlyMap<string, Labels>): number {
  const unknown = 1_000;
  return [...labels.values()].reduce((sum, one) => sum + (one === 'any' ? unknown : one.size), 0);
}
