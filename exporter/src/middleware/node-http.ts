import type { IncomingMessage, ServerResponse } from 'node:http';
import { matchRoutes } from '../model/route-matcher.ts';
import type { WatchRequest } from './request-metrics.ts';

/** What `createServer` takes; it may be asynchronous. */
export type Handler<Result = void> = (request: IncomingMessage, response: ServerResponse) => Result;

/**
 * Names the route of a request, or says undefined for none. It is asked when the response closes, so that the handler may
 * have left the name on the request. Never give it the path: each value is a series of its own.
 */
export type RouteOf = (request: IncomingMessage) => string | undefined;

/** A `node:http` or `node:https` server. */
export interface WatchedServer {
  prependListener(event: 'request', listener: Handler): unknown;
}

/** Names routes by templates such as `/products/:sku`, `/orders/{id}` or `/static/*`; the most literal one that fits is taken. */
export function routeTemplates(templates: readonly string[]): RouteOf {
  const match = matchRoutes(templates);
  return ({ url = '' }) => match(url);
}

export function wrapHandler<Result>(
  watch: WatchRequest,
  handler: Handler<Result>,
  routeOf: RouteOf,
): Handler<Result> {
  return (request, response) => {
    watch(request, response, () => routeOf(request));
    return handler(request, response);
  };
}

/** Comes before the server's other listeners, so that a quick answer is not over before it is watched. */
export function watchServer(watch: WatchRequest, server: WatchedServer, routeOf: RouteOf): void {
  server.prependListener('request', (request, response) => watch(request, response, () => routeOf(request)));
}
