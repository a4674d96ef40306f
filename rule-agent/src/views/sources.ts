import type { SourceStatus } from '../facts/index.ts';
import { toTime } from './shapes.ts';

/** The endpoints that facts are read from, as far as they have been looked at. */
export function reportSources(statuses: readonly SourceStatus[]) {
  return statuses.map(({ name, url, active, health, because, skewMs, newestSampleMs, lookedAtMs }) => ({
    name,
    url,
    active,
    health,
    because: because === '' ? null : because,
    clock_skew_seconds: skewMs === undefined ? null : skewMs / 1000,
    newest_sample_at: toTime(newestSampleMs),
    looked_at: toTime(lookedAtMs),
  }));
}
