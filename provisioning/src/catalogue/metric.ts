/** Who exposes a metric. */
export const PARTS = ['exporter', 'warehouse', 'agent', 'prometheus', 'alertmanager'] as const;
export type Part = (typeof PARTS)[number];

/** The parts that are of this repository: all that they expose is in the catalogue, and nothing else is. */
export const OUR_PARTS: readonly Part[] = ['exporter', 'warehouse', 'agent'];

/** A metric as a running part exposes it. */
export interface Metric {
  name: string;
  type: string;
  /** As the name ends: `seconds`, `bytes`, `ratio` ...; empty for a plain number. */
  unit: string;
  help: string;
  /** Without `le`, sorted. */
  labels: readonly string[];
  parts: readonly Part[];
}

const UNITS = ['seconds', 'bytes', 'ratio', 'units'];

/** `http_server_request_duration_seconds` -> `seconds`; the suffix of a counter is no unit. */
export function unitOf(name: string): string {
  const stem = name.replace(/_total$/, '');
  return UNITS.find((unit) => stem.endsWith(`_${unit}`)) ?? '';
}
