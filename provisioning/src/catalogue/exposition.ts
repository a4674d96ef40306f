import { type Metric, type Part, unitOf } from './metric.ts';

const HEADER = /^# (HELP|TYPE) (\S+) ?(.*)$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /;
const LABEL = /([a-zA-Z_]\w*)="(?:[^"\\]|\\.)*"/g;

/** The metrics of a page in Prometheus' text format, with every label that any of their series has. */
export function readExposition(text: string, part: Part): Metric[] {
  const metrics = new Map<string, Metric & { labels: string[] }>();
  for (const line of text.split('\n')) {
    const header = HEADER.exec(line);
    if (header !== null) {
      const [, kind, name = '', rest = ''] = header;
      const metric = metrics.get(name) ?? {
        name,
        type: 'untyped',
        unit: unitOf(name),
        help: '',
        labels: [],
        parts: [part],
      };
      metrics.set(name, kind === 'HELP' ? { ...metric, help: rest } : { ...metric, type: rest });
      continue;
    }
    const [, series = '', labels = ''] = SAMPLE.exec(line) ?? [];
    const metric = metrics.get(series) ?? metrics.get(series.replace(/_(bucket|sum|count)$/, ''));
    if (metric === undefined) continue;
    for (const [, label = ''] of labels.matchAll(LABEL)) {
      if (label !== 'le' && label !== 'quantile' && !metric.labels.includes(label)) metric.labels.push(label);
    }
  }
  return [...metrics.values()].map((metric) => ({ ...metric, labels: metric.labels.sort() }));
}
