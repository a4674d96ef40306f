export { type ApiMetrics, apiMetrics, type ApiMetricsOptions } from './api-metrics.ts';
export { OTHER_METHOD } from '../model/http-method.ts';
export { OTEL_DURATION_BUCKETS_SECONDS, UNMATCHED_ROUTE } from '../model/request-duration.ts';
export type { FastifyPlugin } from './fastify-plugin.ts';
export { type RouteOf, routeTemplates } from './node-http.ts';
export { CLIENT_CLOSED_REQUEST } from './request-metrics.ts';
export { OVERFLOW_ROUTE } from './route-template.ts';
export { v8Metrics } from './v8-metrics.ts';
