export { apiMetrics, CLIENT_CLOSED_REQUEST, OTEL_DURATION_BUCKETS_SECONDS } from './apiMetrics.ts';
export type { ApiMetrics, ApiMetricsOptions } from './apiMetrics.ts';
export { OTHER_METHOD } from './httpMethod.ts';
export { OVERFLOW_ROUTE, UNMATCHED_ROUTE } from './routeTemplate.ts';
export { processMetrics } from './processMetrics.ts';
export { v8Metrics } from './v8Metrics.ts';
