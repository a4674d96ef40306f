/** How long requests took, named and cut into buckets as OpenTelemetry's `http.server.request.duration`. */
export const REQUEST_DURATION = {
  name: 'http_server_request_duration_seconds',
  help: 'Duration of HTTP server requests.',
} as const;

/** The bucket boundaries, in seconds, that OpenTelemetry's conventions advise for `http.server.request.duration`. */
export const OTEL_DURATION_BUCKETS_SECONDS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

/** The route of every request that no route matched. */
export const UNMATCHED_ROUTE = 'unmatched';
