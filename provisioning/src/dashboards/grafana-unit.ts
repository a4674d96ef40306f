const GRAFANA_UNITS: Readonly<Record<string, string>> = {
  ratio: 'percentunit',
  seconds: 's',
  bytes: 'bytes',
  bytes_per_second: 'Bps',
  requests_per_second: 'reqps',
  requests: 'short',
  units: 'short',
  skus: 'short',
  orders: 'short',
  processes: 'short',
  // Money: the currency is a label, and stands in the name of the series.
  currency: 'short',
};

/** What Grafana calls a signal's unit; one that it does not know is written behind the number. */
export function grafanaUnit(unit: string): string {
  return GRAFANA_UNITS[unit] ?? `suffix: ${unit.replaceAll('_', ' ')}`;
}
