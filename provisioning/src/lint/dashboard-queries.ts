import type { Diagnostic } from '@evenkeel/toolkit';
import { analyse, type MetricBook } from '../promql/analyse.ts';
import { has } from '../promql/labels.ts';
import { withoutVariables } from '../promql/variables.ts';
import type { JsonFile } from './placed-file.ts';
import { dashboardOf, queriesOf, type WrittenQuery } from './dashboard.ts';
import { atQuery } from './finding.ts';
import { queryFindings } from './query-findings.ts';

/** Grafana's own. */
const BUILT_IN = /^(__\w+|datasource)$/;

/** The queries of a dashboard's panels, annotations and variables. */
export function dashboardQueryFindings(document: JsonFile, book: MetricBook): Diagnostic[] {
  const dashboard = dashboardOf(document);
  const variables = new Set(dashboard.templating.list.map(({ name }) => name));
  return [
    ...queriesOf(dashboard).flatMap((written) => [
      ...variableFindings(document, written, variables),
      ...rateFindings(document, written),
      ...panelQueryFindings(document, written, book),
    ]),
    ...choiceFindings(document, book),
  ];
}

function panelQueryFindings(
  document: JsonFile,
  { path, expr, legend }: WrittenQuery,
  book: MetricBook,
): Diagnostic[] {
  const query = { document, path, expr: withoutVariables(expr) };
  const { labels, findings } = analyse(query.expr, book);
  const inLegend = [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label = '']) => label);
  return [
    ...findings.map((finding) => atQuery(query, finding)),
    ...inLegend
      .filter((label) => !has(labels, label))
      .map((label) =>
        document.atValue([...path.slice(0, -1), 'legendFormat'], {
          code: 'LABEL_UNKNOWN',
          message: `the legend speaks of a label ${label} that the query does not give`,
        }),
      ),
  ];
}

function variableFindings(
  document: JsonFile,
  { path, expr }: WrittenQuery,
  known: ReadonlySet<string>,
): Diagnostic[] {
  return [...expr.matchAll(/\$\{?([A-Za-z_]\w*)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !known.has(name) && !BUILT_IN.test(name))
    .map((name) =>
      document.atValue(path, { code: 'VARIABLE_UNKNOWN', message: `the dashboard has no variable ${name}` }),
    );
}

/** A window that is shorter than the distance of two points misses what lies between them. */
function rateFindings(document: JsonFile, { path, expr }: WrittenQuery): Diagnostic[] {
  const withoutTexts = expr.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  if (!/\b(rate|irate|increase)\([^[\]]*\[\d/.test(withoutTexts)) return [];
  return [
    document.atValue(path, {
      code: 'RATE_WINDOW_FIXED',
      message: 'a rate over a fixed window has holes when the dashboard shows a long time',
      hint: 'write [$__rate_interval], or [$__range] for one number',
    }),
  ];
}

/** `label_values(metric{...}, label)`: the metric is there and has the label. */
function choiceFindings(document: JsonFile, book: MetricBook): Diagnostic[] {
  return dashboardOf(document).templating.list.flatMap(({ query }, index) => {
    const text = typeof query === 'string' ? query : (query?.query ?? '');
    const [, selector, label] = /^label_values\((.+), ?(\w+)\)$/.exec(text) ?? [];
    if (selector === undefined || label === undefined) return [];
    const expr = `group by (${label}) (${withoutVariables(selector)})`;
    return queryFindings({ document, path: ['templating', 'list', index, 'query'], expr }, book);
  });
}
