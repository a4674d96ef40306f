/** Units of signals, as Grafana calls them. */
const UNITS: Readonly<Record<string, string>> = {
  ratio: 'percentunit',
  seconds: 's',
  bytes: 'bytes',
  bytes_per_second: 'binBps',
  requests: 'short',
  requests_per_second: 'reqps',
  operations_per_second: 'ops',
  units: 'short',
  count: 'short',
  celsius: 'celsius',
};

/** A longer one is no unit. */
const MOST_LETTERS = 16;

/** The unit of a signal's label; one that Grafana has no name for is shown as it is. */
export function unitOf(label: string | undefined): string | undefined {
  return label === undefined
    ? undefined
    : (UNITS[label] ?? `suffix: ${label.slice(0, MOST_LETTERS).replaceAll('_', ' ')}`);
}
