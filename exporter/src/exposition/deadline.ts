import type { IncomingHttpHeaders } from 'node:http';

export interface DeadlineOptions {
  /** Where Prometheus does not say how long it waits. */
  timeoutMs: number;
  /** Time kept back for writing and sending the answer. */
  timeoutOffsetMs: number;
}

/** How long collectors may take: what Prometheus says it waits less an offset, at least half of it; else the configured time. */
export function deadlineOf(
  headers: IncomingHttpHeaders,
  { timeoutMs, timeoutOffsetMs }: DeadlineOptions,
): number {
  const scraperMs = Number(headers['x-prometheus-scrape-timeout-seconds']) * 1000;
  if (!Number.isFinite(scraperMs) || scraperMs <= 0) return timeoutMs;
  return Math.max(scraperMs - timeoutOffsetMs, scraperMs / 2);
}
