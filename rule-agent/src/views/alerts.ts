import type { JournalRow } from '../journal/index.ts';
import type { AlertReceived } from '../model/event.ts';
import { toTime } from './shapes.ts';

/** Alerts as Alertmanager delivered them: recorded and shown, never acted upon. */
export function reportAlerts(rows: readonly JournalRow[]) {
  return rows.flatMap(({ seq, event }) =>
    event.kind === 'alert_received' ? [{ id: seq, ...toAlertShape(event) }] : [],
  );
}

export function toAlertShape(alert: AlertReceived) {
  const { status, labels, annotations, fingerprint, receiver } = alert;
  return {
    received_at: toTime(alert.at),
    status,
    name: labels.alertname ?? null,
    labels,
    annotations,
    starts_at: alert.startsAt,
    // Older rows have the year 1, as Alertmanager writes it.
    ends_at: alert.endsAt === '' || alert.endsAt.startsWith('0001-01-01') ? null : alert.endsAt,
    fingerprint,
    group_key: alert.groupKey,
    receiver,
    generator_url: alert.generatorUrl,
    truncated_alerts: alert.truncatedAlerts ?? 0,
  };
}
