export { apiMetrics, CLIENT_CLOSED_REQUEST } from './api-metrics.ts';
export type { ApiMetrics, ApiMetricsOptions } from './api-metrics.ts';
export { OTHER_METHOD } from '../model/http-method.ts';
export { OTEL_DURATION_BUCKETS_SECONDS, UNMATCHED_ROUTE } from '../model/request-duration.ts';
export { OVERFLOW_ROUTE } from './route-template.ts';
export { v8Metrics } from './v8-metrics.ts';
