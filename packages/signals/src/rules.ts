import { type Severity, type Signal, SIGNAL_VALUE, signalSelector, type Timing } from './signal.ts';

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

/** The rule that records a signal under the common name, with its name, domain and unit as labels. */
export function recordingRule(signal: Signal, timing: Timing): RecordingRule {
  const { name, domain, unit } = signal;
  return {
    record: SIGNAL_VALUE,
    expr: withRanges(signal.promql, timing),
    labels: { signal: name, domain, unit },
  };
}

/** The static alerts of a signal: one rule per threshold that it has, all under one alert name. */
export function thresholdAlerts(signal: Signal, timing: Timing): AlertingRule[] {
  const thresholds: [Severity, number | undefined][] = [
    ['warning', signal.warn],
    ['critical', signal.page],
  ];
  return thresholds.flatMap(([severity, threshold]) =>
    threshold === undefined ? [] : [thresholdAlert(signal, timing, { severity, threshold })],
  );
}

/** `api_error_ratio` -> `EvenkeelApiErrorRatioHigh`; where more is better, `...Low`. */
export function alertName({ name, direction }: Pick<Signal, 'name' | 'direction'>): string {
  const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `Evenkeel${words.join('')}${direction === 'higher' ? 'Low' : 'High'}`;
}

function thresholdAlert(
  signal: Signal,
  timing: Timing,
  { severity, threshold }: { severity: Severity; threshold: number },
): AlertingRule {
  const { name, title, domain, direction, by } = signal;
  const [operator, beyond] = direction === 'higher' ? ['<', 'below'] : ['>', 'above'];
  const who = by.map((label) => `{{ $labels.${label} }}`).join(', ');
  const limit = humanize(String(threshold), signal.unit);
  return {
    alert: alertName(signal),
    expr: `${signalSelector(name)} ${operator} ${threshold}`,
    for: timing.for,
    keep_firing_for: timing.keepFiringFor,
    labels: { severity, signal: name, domain },
    annotations: {
      summary: `${title} of ${who} is ${beyond} ${limit}`,
      description: `${title} has been ${beyond} ${limit} for ${timing.for}; it is ${humanize('$value', signal.unit)} now. ${signal.description}`,
    },
  };
}

/** A value as Prometheus' templates write it for a person. */
function humanize(value: string, unit: string): string {
  if (unit === 'ratio') return `{{ ${value} | humanizePercentage }}`;
  if (unit === 'seconds') return `{{ ${value} | humanizeDuration }}`;
  return `{{ ${value} | humanize }}`;
}

function withRanges(promql: string, timing: Timing): string {
  return promql
    .replaceAll('$business_window', timing.businessWindow)
    .replaceAll('$window', timing.window)
    .replace(/\s+/g, ' ')
    .trim();
}
