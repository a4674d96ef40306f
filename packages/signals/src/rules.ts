import type { Timing } from './signal.ts';

export interface RecordingRule {
  record: string;
  expr: string;
  labels?: Record<string, string>;
}

export interface AlertingRule {
  alert: string;
  expr: string;
  for: string;
  keep_firing_for: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** A recording rule; without labels of its own it keeps those of its expression. */
export function record(name: string, expr: string, labels?: Record<string, string>): RecordingRule {
  return { record: name, expr, ...(labels === undefined ? {} : { labels }) };
}

/** PromQL on one line, with the ranges of a timing for its `$window`, `$business_window` and so on. */
export function withRanges(promql: string, timing: Timing): string {
  return promql
    .replaceAll('$business_window', timing.businessWindow)
    .replaceAll('$long_window', timing.longWindow)
    .replaceAll('$window', timing.window)
    .replaceAll('$baseline', timing.baseline)
    .replaceAll('$interval', timing.interval)
    .replace(/\s+/g, ' ')
    .trim();
}
