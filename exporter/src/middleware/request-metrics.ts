import type { IncomingMessage, ServerResponse } from 'node:http';
import { Gauge, Histogram, type Registry } from 'prom-client';
import { knownMethod } from '../model/http-method.ts';
import {
  OTEL_DURATION_BUCKETS_SECONDS,
  REQUEST_DURATION,
  UNMATCHED_ROUTE,
} from '../model/request-duration.ts';
import { limitRoutes } from './route-template.ts';

/** The status of a request whose client went away before an answer was begun, as nginx logs it. */
export const CLIENT_CLOSED_REQUEST = 499;

export interface RequestMetricsOptions {
  registry: Registry;
  /** Upper bounds in seconds, ascending; OpenTelemetry's by default. */
  buckets?: readonly number[];
}

/** Follows one request until its response closes, then asks for its route. It never throws. */
export type WatchRequest = (
  request: IncomingMessage,
  response: ServerResponse,
  routeOf: () => string | undefined,
) => void;

/**
 * What all servers have in common: `http_server_request_duration_seconds` and `http_server_active_requests`.
 *
 * A request counts when its response closes. An aborted one counts too: with the status that was sent, or 499 when none was.
 */
export function requestMetrics(options: RequestMetricsOptions): WatchRequest {
  const duration = durationHistogram(options);
  const active = activeGauge(options.registry);
  const limit = limitRoutes();
  return (request, response, routeOf) => {
    const method = knownMethod(request.method);
    const startMs = performance.now();
    active.labels(method).inc();
    response.once('close', () => {
      active.labels(method).dec();
      const seconds = (performance.now() - startMs) / 1000;
      duration.labels(method, limit(ask(routeOf)), String(sentStatus(response))).observe(seconds);
    });
  };
}

/** A mistake in naming a route must not harm the request. */
function ask(routeOf: () => string | undefined): string {
  try {
    return routeOf() ?? UNMATCHED_ROUTE;
  } catch {
    return UNMATCHED_ROUTE;
  }
}

function sentStatus(response: ServerResponse): number {
  return response.headersSent ? response.statusCode : CLIENT_CLOSED_REQUEST;
}

function durationHistogram({ registry, buckets = OTEL_DURATION_BUCKETS_SECONDS }: RequestMetricsOptions) {
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
