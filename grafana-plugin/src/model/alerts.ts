import { type Labels } from '@grafana/data';
import { labelsKey, LAST_TIME_MS, METRIC, type Series, type SeriesSet } from '../frames';

export type AlertState = 'firing' | 'pending';

export interface Alert {
  key: string;
  name: string;
  state: AlertState;
  severity: string;
  /** The labels that are not the rule's own: who it is about. */
  target: Labels;
  labels: Labels;
  sinceMs: number | undefined;
  /** Since then or earlier: it was there already when the data begin. */
  sinceOrEarlier: boolean;
  series: Series;
}

const SEVERITIES = ['critical', 'page', 'error', 'high', 'warning', 'low', 'info', 'none'];
const OWN_LABELS = new Set(['alertname', 'alertstate', 'severity', 'signal', 'domain', 'unit']);

/** Alerts of now: firing before pending, the severest first, then the latest. One that fires is not listed as pending too. */
export function readAlerts(set: SeriesSet): Alert[] {
  const since = sinceBook(set);
  const byKey = new Map<string, Alert>();
  for (const series of set.of(METRIC.alerts)) {
    const alert = set.current(series) === undefined ? undefined : readAlert(set, series, since);
    if (alert !== undefined && (alert.state === 'firing' || !byKey.has(alert.key))) {
      byKey.set(alert.key, alert);
    }
  }
  return toldApart([...byKey.values()].sort(compareAlerts));
}

/** Labels that an alert's name says already, unless alerts of the same name differ in them. */
const SAID_BY_NAME = ['domain', 'signal'];

/** Alerts of one rule for many signals or domains say which; others have it in their name. */
function toldApart(alerts: readonly Alert[]): Alert[] {
  const valuesOf = new Map<string, Set<string>>();
  for (const { name, labels } of alerts) {
    for (const label of SAID_BY_NAME) {
      const key = `${name}/${label}`;
      valuesOf.set(key, (valuesOf.get(key) ?? new Set()).add(labels[label] ?? ''));
    }
  }
  return alerts.map((alert) => {
    const telling = SAID_BY_NAME.filter((label) => valuesOf.get(`${alert.name}/${label}`)!.size > 1);
    const told = telling.flatMap((label) => (alert.labels[label] === undefined ? [] : [[label, alert.labels[label]]]));
    return { ...alert, target: { ...Object.fromEntries(told), ...alert.target } };
  });
}

export interface AlertGroup {
  name: string;
  alerts: Alert[];
}

/** Groups by a label, the group with the worst alert first. */
export function groupAlerts(alerts: readonly Alert[], label: string): AlertGroup[] {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const name = alert.labels[label] ?? '';
    groups.set(name, [...(groups.get(name) ?? []), alert]);
  }
  return [...groups].map(([name, members]) => ({ name, alerts: members }));
}

/** The place of a severity among those that are known; unknown ones come last. */
export function severityRank(severity: string): number {
  const rank = SEVERITIES.indexOf(severity.toLowerCase());
  return rank === -1 ? SEVERITIES.length : rank;
}

type SinceBook = (labels: Labels) => number | undefined;

function readAlert(set: SeriesSet, series: Series, since: SinceBook): Alert | undefined {
  const { alertname, alertstate, ...identity } = series.labels;
  if (alertname === undefined || (alertstate !== 'firing' && alertstate !== 'pending')) {
    return undefined;
  }
  const labels = { alertname, ...identity };
  const exactMs = since(labels);
  const seen = exactMs === undefined ? seenSince(set, series) : undefined;
  return {
    key: labelsKey(labels),
    ...{ name: alertname, state: alertstate, severity: identity.severity ?? '', series, labels },
    target: Object.fromEntries(Object.entries(identity).filter(([name]) => !OWN_LABELS.has(name))),
    sinceMs: exactMs ?? seen?.sinceMs,
    sinceOrEarlier: seen?.orEarlier ?? false,
  };
}

/** Prometheus keeps in ALERTS_FOR_STATE when an alert became active, in seconds; what is no time says nothing. */
function sinceBook(set: SeriesSet): SinceBook {
  const book = new Map(
    set.of(METRIC.alertsForState).map((series) => [labelsKey(series.labels), set.current(series)?.value])
  );
  return (labels) => {
    const seconds = book.get(labelsKey(labels)) ?? 0;
    return seconds > 0 && seconds * 1000 <= LAST_TIME_MS ? seconds * 1000 : undefined;
  };
}

/** The start of the unbroken run of samples up to now; a single sample says nothing. */
function seenSince(
  { stepMs }: SeriesSet,
  { timesMs, values }: Series
): { sinceMs: number; orEarlier: boolean } | undefined {
  if (timesMs.length < 2 || stepMs === undefined) {
    return undefined;
  }
  let start = timesMs.length - 1;
  while (start > 0 && values[start - 1] !== null && timesMs[start]! - timesMs[start - 1]! <= 1.5 * stepMs) {
    start--;
  }
  return { sinceMs: timesMs[start]!, orEarlier: start === 0 };
}

function compareAlerts(a: Alert, b: Alert): number {
  return (
    Number(a.state === 'pending') - Number(b.state === 'pending') ||
    severityRank(a.severity) - severityRank(b.severity) ||
    (b.sinceMs ?? 0) - (a.sinceMs ?? 0) ||
    a.key.localeCompare(b.key)
  );
}
