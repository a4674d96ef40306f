export { apiMetrics, CLIENT_CLOSED_REQUEST, OTEL_DURATION_BUCKETS_SECONDS } from './api-metrics.ts';
export type { ApiMetrics, ApiMetricsOptions } from './api-metrics.ts';
export { OTHER_METHOD } from './http-method.ts';
export { OVERFLOW_ROUTE, UNMATCHED_ROUTE } from './route-template.ts';
export { v8Metrics } from './v8-metrics.ts';
