import type { IncomingMessage } from 'node:http';
import { UNMATCHED_ROUTE } from '../model/request-duration.ts';

/** The route of requests past the limit on distinct templates, which a router mounted on a parameter would exceed. */
export const OVERFLOW_ROUTE = '_OTHER';

const MAX_ROUTES = 500;

type RoutePath = string | RegExp | readonly (string | RegExp)[];

interface RoutedRequest extends IncomingMessage {
  baseUrl?: string;
  route?: { path: RoutePath } | undefined;
}

/**
 * Watches one request and returns a function that gives its route template (`/api/v1/products/:sku`).
 *
 * The template is taken at the moment the router assigns `req.route`: once a handler fails, Express takes the mount
 * path out of `req.baseUrl` again, and every error would be counted on the wrong route.
 */
export function watchRoute(request: IncomingMessage): () => string {
  const routed = request as RoutedRequest;
  let route = routed.route;
  let template = UNMATCHED_ROUTE;
  Object.defineProperty(routed, 'route', {
    configurable: true,
    enumerable: true,
    get: () => route,
    set: (assigned: RoutedRequest['route']) => {
      route = assigned;
      if (assigned !== undefined) template = joinRoute(routed.baseUrl ?? '', assigned.path);
    },
  });
  return () => template;
}

/** Joins a mount path and a route's path; a regular expression or a list of paths becomes its text. */
export function joinRoute(baseUrl: string, path: RoutePath): string {
  const text = String(path);
  return text === '/' && baseUrl !== '' ? baseUrl : baseUrl + text;
}

/** A limit on distinct templates: the first 500 keep their names, any further one becomes `_OTHER`. */
export function limitRoutes(maxRoutes = MAX_ROUTES): (template: string) => string {
  const seen = new Set<string>();
  return (template) => {
    if (seen.has(template)) return template;
    if (seen.size >= maxRoutes) return OVERFLOW_ROUTE;
    seen.add(template);
    return template;
  };
}
