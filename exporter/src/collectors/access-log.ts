import { type Collector, PartialFailure, type Problem } from '../model/collector.ts';
import { counter, type Family, gauge } from '../model/family.ts';
import { OTEL_DURATION_BUCKETS_SECONDS, REQUEST_DURATION } from '../model/request-duration.ts';
import type { AccessLogReading } from '../sources/access-log/access-log.ts';
import type { AccessLogs, LookedAt } from '../sources/access-log/access-logs.ts';

/**
 * The requests in access logs, which are read in the background. Of a log that cannot be read, what was counted is still
 * given, as counters do not go back, and `evenkeel_exporter_access_log_up` is 0.
 */
export function accessLogCollector(logs: AccessLogs): Collector {
  return {
    name: 'accesslog',
    async collect({ signal }) {
      const looked = await logs.read(signal);
      const families = familiesOf(looked.map(({ reading }) => reading));
      const problems = looked.flatMap(problemOf);
      if (problems.length > 0) throw new PartialFailure(problems, families);
      return families;
    },
  };
}

function problemOf({ reading: { name, error }, isFresh }: LookedAt): Problem[] {
  const reason = isFresh ? error?.message : 'reading it is not done by the deadline of the scrape';
  return reason === undefined
    ? []
    : [{ subject: `access log ${name}`, message: `access log ${name}: ${reason}` }];
}

function familiesOf(readings: readonly AccessLogReading[]): Family[] {
  return [
    {
      ...REQUEST_DURATION,
      type: 'histogram',
      bounds: OTEL_DURATION_BUCKETS_SECONDS,
      samples: readings.flatMap(({ durations }) => durations),
      takenAtMs: Math.min(...readings.map(({ readAtMs }) => readAtMs)),
    },
    gauge(
      'evenkeel_exporter_access_log_up',
      'Whether the access log can be read.',
      readings.map(({ name, error }) => ({
        labels: { access_log: name },
        value: error === undefined ? 1 : 0,
      })),
    ),
    gauge(
      'evenkeel_exporter_access_log_unread_bytes',
      'Bytes of the access log that are still to be read.',
      readings.map(({ name, unreadBytes }) => ({ labels: { access_log: name }, value: unreadBytes })),
    ),
    counter(
      'evenkeel_exporter_access_log_lines_total',
      'Lines of the access log by what became of them; only those that were parsed are requests that were counted.',
      readings.flatMap(({ name, lines }) =>
        Object.entries(lines).map(([result, value]) => ({ labels: { access_log: name, result }, value })),
      ),
    ),
    counter(
      'evenkeel_exporter_access_log_rotations_total',
      'How often the path led to another file, or its file was emptied.',
      readings.flatMap(({ name, rotations }) =>
        Object.entries({ ...rotations }).map(([kind, value]) => ({
          labels: { access_log: name, kind },
          value,
        })),
      ),
    ),
  ];
}
