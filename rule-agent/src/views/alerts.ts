import type { JournalRow } from '../journal/index.ts';
import { toTime } from './shapes.ts';

/** Alerts as Alertmanager delivered them: recorded and shown, never acted upon. */
export function reportAlerts(rows: readonly JournalRow[]) {
  return rows.flatMap(({ seq, event }) => {
    if (event.kind !== 'alert_received') return [];
    const { status, labels, annotations, fingerprint, receiver } = event;
    return [
      {
        id: seq,
        received_at: toTime(event.at),
        status,
        name: labels.alertname ?? null,
        labels,
        annotations,
        starts_at: event.startsAt,
        // Older rows have the year 1, as Alertmanager writes it.
        ends_at: event.endsAt === '' || event.endsAt.startsWith('0001-01-01') ? null : event.endsAt,
        fingerprint,
        group_key: event.groupKey,
        receiver,
        generator_url: event.generatorUrl,
        truncated_alerts: event.truncatedAlerts ?? 0,
      },
    ];
  });
}
