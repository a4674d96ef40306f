import type { Timing } from './signal.ts';

/** Where the pages and dashboards that alerts link to are. */
export interface Links {
  /** Prefix of `<alert>.md`. */
  runbooks: string;
  /** Prefix of `<dashboard uid>`. */
  dashboards: string;
}

/** What rules are generated for: how fast, and what they link to. */
export interface RuleContext {
  timing: Timing;
  links: Links;
}

const DASHBOARDS: Readonly<Record<string, string>> = {
  system: 'evenkeel-system',
  inventory: 'evenkeel-inventory',
  api: 'evenkeel-api',
  agent: 'evenkeel-enhancements',
  health: 'evenkeel-health',
};
const OVERVIEW = 'evenkeel-operations';

export interface AlertText {
  alert: string;
  domain: string;
  summary: string;
  description: string;
}

/** The annotations that every alert has: what, how bad, where to read and where to look. */
export function annotate(
  { alert, domain, summary, description }: AlertText,
  links: Links,
): Record<string, string> {
  return {
    summary,
    description,
    runbook_url: `${links.runbooks}${alert}.md`,
    dashboard_url: `${links.dashboards}${DASHBOARDS[domain] ?? OVERVIEW}`,
  };
}

/** A value as Prometheus' templates write it for a person; `value` is a number or `$value`. */
export function humanize(value: string, unit: string): string {
  if (unit === 'ratio') return `{{ ${value} | humanizePercentage }}`;
  if (unit === 'seconds') return `{{ ${value} | humanizeDuration }}`;
  if (unit === 'bytes' || unit === 'bytes_per_second') return `{{ ${value} | humanize1024 }}B`;
  return `{{ ${value} | humanize }}`;
}

/** The target of an alert in its text: the values of the labels that tell the signal's series apart. */
export function whose(by: readonly string[]): string {
  return by.map((label) => `{{ $labels.${label} }}`).join(', ');
}
