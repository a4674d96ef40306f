import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';

/** Whatever Prometheus the reader has chosen in the dashboard. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

/** PromQL with the name of its series; `{{label}}` stands for a label's value. */
export interface Query {
  expr: string;
  legend?: string;
  /** A name of its own in the panel; by default A, B, C and so on. */
  ref?: string;
}

/** How a query is asked: over the time range, or for now, or for now with one row a series. */
export type Asking = 'range' | 'instant' | 'table';

export function target({ expr, legend = '', ref }: Query, asking: Asking, index: number): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .datasource(DATASOURCE)
    .refId(ref ?? String.fromCharCode('A'.charCodeAt(0) + index))
    .expr(expr.replace(/\s+/g, ' ').trim())
    .legendFormat(legend);
  if (asking === 'range') return query.range();
  return query.instant().format(asking === 'table' ? PromQueryFormat.Table : PromQueryFormat.TimeSeries);
}

/** A selector's matchers for the labels that the dashboard has variables for. */
export function chosen(...labels: readonly string[]): string {
  return labels.map((label) => `${label}=~"$${label}"`).join(', ');
}
