import type { HistogramSample } from '../../model/family.ts';
import { OTEL_DURATION_BUCKETS_SECONDS } from '../../model/request-duration.ts';

interface Series {
  labels: HistogramSample['labels'];
  /** Of each bucket alone; those past the last bound are in none. */
  counts: number[];
  count: number;
  sum: number;
}

export interface CountedRequest {
  method: string;
  route: string;
  status: number;
  seconds: number;
}

/** The durations of requests by method, route and status; they are only ever added to. */
export class RequestDurations {
  readonly #accessLog: string;
  readonly #series = new Map<string, Series>();

  constructor(accessLog: string) {
    this.#accessLog = accessLog;
  }

  add({ method, route, status, seconds }: CountedRequest): void {
    const key = `${status}${method} ${route}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      series = this.#begin({ method, route, status, seconds });
      this.#series.set(key, series);
    }
    const bucket = OTEL_DURATION_BUCKETS_SECONDS.findIndex((bound) => seconds <= bound);
    if (bucket !== -1) series.counts[bucket]!++;
    series.count++;
    series.sum += seconds;
  }

  samples(): HistogramSample[] {
    return [...this.#series.values()].map(({ labels, counts, count, sum }) => {
      let total = 0;
      return { labels, cumulativeCounts: counts.map((own) => (total += own)), count, sum };
    });
  }

  #begin({ method, route, status }: CountedRequest): Series {
    const labels = {
      access_log: this.#accessLog,
      http_request_method: method,
      http_route: route,
      http_response_status_code: String(status),
    };
    return { labels, counts: OTEL_DURATION_BUCKETS_SECONDS.map(() => 0), count: 0, sum: 0 };
  }
}
