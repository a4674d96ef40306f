import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FastifyPlugin, fastifyPlugin } from './fastify-plugin.ts';
import { type Handler, type RouteOf, watchServer, wrapHandler, type WatchedServer } from './node-http.ts';
import { requestMetrics, type RequestMetricsOptions } from './request-metrics.ts';
import { watchRoute } from './route-template.ts';

export type ApiMetricsOptions = RequestMetricsOptions;

/** One set of request metrics, and the ways to fill it; several may be used side by side. */
export interface ApiMetrics {
  /** For Express 4 and 5: mount it before the routes that are to be counted. */
  middleware: (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;
  /** For fastify 5: `app.register(metrics.fastify)` before the routes. */
  fastify: FastifyPlugin;
  /** For `node:http`: the handler that counts what it is given and passes it on. */
  wrapHandler: <Result>(handler: Handler<Result>, routeOf: RouteOf) => Handler<Result>;
  /** For `node:http`: counts what a server is asked, whatever handles it. */
  watchServer: (server: WatchedServer, routeOf: RouteOf) => void;
}

/**
 * The request metrics of an API, named as OpenTelemetry names them.
 *
 * `http_server_request_duration_seconds{http_request_method,http_route,http_response_status_code}` counts a request
 * when its response closes. An aborted request counts too: with the status that was sent, or 499 when none was.
 * Nothing here ever throws into the application.
 *
 * @throws Error when the registry has these metrics already
 */
export function apiMetrics(options: ApiMetricsOptions): ApiMetrics {
  const watch = requestMetrics(options);
  return {
    middleware(request, response, next) {
      watch(request, response, watchRoute(request));
      next();
    },
    fastify: fastifyPlugin(watch),
    wrapHandler: (handler, routeOf) => wrapHandler(watch, handler, routeOf),
    watchServer: (server, routeOf) => watchServer(watch, server, routeOf),
  };
}
