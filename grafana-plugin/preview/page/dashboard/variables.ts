import { type ShippedDashboard } from './shipped';

/** A variable whose values Prometheus knows. */
export interface Choice {
  name: string;
  label: string;
  /** The series, and their label whose values are offered. */
  from: string;
  of: string;
}

export type Chosen = Readonly<Record<string, readonly string[]>>;

const LABEL_VALUES = /^label_values\((.+),\s*(\w+)\)$/;

export function choicesOf({ templating }: ShippedDashboard): Choice[] {
  return templating.list.flatMap(({ type, name, label = name, definition = '' }) => {
    const [, from, of] = LABEL_VALUES.exec(definition) ?? [];
    return type === 'query' && from !== undefined && of !== undefined ? [{ name, label, from, of }] : [];
  });
}

export interface Interpolation {
  chosen: Chosen;
  stepSeconds: number;
  rangeSeconds: number;
}

/** Prometheus data sources ask for at least four scrapes; what is scraped here is scraped every few seconds. */
const SCRAPE_SECONDS = 15;

/** PromQL with variables filled in as Grafana's Prometheus source does; nothing chosen is everything. */
export function interpolate(expr: string, { chosen, stepSeconds, rangeSeconds }: Interpolation): string {
  const times: Record<string, string> = {
    __interval: `${stepSeconds}s`,
    __rate_interval: `${Math.max(stepSeconds + SCRAPE_SECONDS, 4 * SCRAPE_SECONDS)}s`,
    __range: `${rangeSeconds}s`,
  };
  return expr.replace(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g, (whole, inBraces: string | undefined, plain: string) => {
    const name = inBraces ?? plain;
    return times[name] ?? (chosen[name] === undefined ? whole : matcherOf(chosen[name]));
  });
}

function matcherOf(values: readonly string[]): string {
  return values.length === 0
    ? '.*'
    : `(${values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\\\$&')).join('|')})`;
}
