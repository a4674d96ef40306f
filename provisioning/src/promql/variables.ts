/** What stands for Grafana's variables when a query is read or asked outside of Grafana. */
export interface VariableValues {
  /** The window of rates. */
  rateInterval: string;
  /** The time range of the dashboard. */
  range: string;
}

const ORDINARY: VariableValues = { rateInterval: '1m', range: '1h' };

/** A query of a dashboard as plain PromQL; the variables for labels stand for all their values. */
export function withoutVariables(expr: string, { rateInterval, range }: VariableValues = ORDINARY): string {
  return expr
    .replaceAll(/\$__rate_interval|\$\{__rate_interval\}/g, rateInterval)
    .replaceAll(/\$__interval|\$\{__interval\}/g, rateInterval)
    .replaceAll(/\$__range|\$\{__range\}/g, range)
    .replaceAll(/"\$[a-z]\w*"|"\$\{[a-z]\w*\}"/gi, '".*"');
}
