import type { IncomingMessage, ServerResponse } from 'node:http';
import { Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { knownMethod } from '../model/http-method.ts';
import { OTEL_DURATION_BUCKETS_SECONDS, REQUEST_DURATION } from '../model/request-duration.ts';
import { limitRoutes, watchRoute } from './route-template.ts';

/** The status of a request whose client went away before an answer was begun, as nginx logs it. */
export const CLIENT_CLOSED_REQUEST = 499;

export interface ApiMetricsOptions {
  registry: Registry;
  /** Upper bounds in seconds, ascending; OpenTelemetry's by default. */
  buckets?: readonly number[];
}

export interface ApiMetrics {
  /** Mount it before the routes that are to be counted. */
  middleware: (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;
}

/**
 * The request metrics of an Express 5 application, named as OpenTelemetry names them, as a middleware.
 *
 * `http_server_request_duration_seconds{http_request_method,http_route,http_response_status_code}` counts a request
 * when its response closes. An aborted request counts too: with the status that was sent, or 499 when none was.
 * The middleware never throws into the application.
 */
export function apiMetrics(options: ApiMetricsOptions): ApiMetrics {
  const duration = durationHistogram(options);
  const active = activeGauge(options.registry);
  const limit = limitRoutes();
  return {
    middleware(request, response, next) {
      const method = knownMethod(request.method);
      const routeOf = watchRoute(request);
      const startMs = performance.now();
      active.labels(method).inc();
      response.once('close', () => {
        active.labels(method).dec();
        const seconds = (performance.now() - startMs) / 1000;
        duration.labels(method, limit(routeOf()), String(sentStatus(response))).observe(seconds);
      });
      next();
    },
  };
}

function sentStatus(response: ServerResponse): number {
  return response.headersSent ? response.statusCode : CLIENT_CLOSED_REQUEST;
}

function durationHistogram({ registry, buckets = OTEL_DURATION_BUCKETS_SECONDS }: ApiMetricsOptions) {
  return new Histogram({
    ...REQUEST_DURATION,
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'] as const,
    buckets: [...buckets],
    registers: [registry],
  });
}

function activeGauge(registry: Registry) {
  return new Gauge({
    name: 'http_server_active_requests',
    help: 'Number of HTTP server requests that are being answered.',
    labelNames: ['http_request_method'] as const,
    registers: [registry],
  });
}
