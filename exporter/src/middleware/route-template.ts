import type { IncomingMessage } from 'node:http';
import { UNMATCHED_ROUTE } from '../model/request-duration.ts';
import { MountPath, type RouteParams } from './mount-path.ts';

/** The route of requests past the limit on distinct templates. */
export const OVERFLOW_ROUTE = '_OTHER';

const MAX_ROUTES = 500;

type RoutePath = string | RegExp | readonly (string | RegExp)[];

interface RoutedRequest extends IncomingMessage {
  baseUrl?: string;
  params?: RouteParams;
  route?: { path: RoutePath } | undefined;
}

/**
 * Watches one request of Express 4 or 5 and returns a function that gives its route template (`/tenants/:tenant/orders/:id`).
 *
 * The template is taken at the moment the router assigns `req.route`: once a handler fails, Express takes the mount
 * path out of `req.baseUrl` again, and every error would be counted on the wrong route.
 */
export function watchRoute(request: IncomingMessage): () => string {
  const routed = request as RoutedRequest;
  const mount = new MountPath();
  let template = UNMATCHED_ROUTE;
  onAssigned(routed, 'baseUrl', (baseUrl) => mount.moveTo(baseUrl ?? '', routed.params ?? {}));
  onAssigned(routed, 'route', (route) => {
    if (route !== undefined) template = joinRoute(mount.template, route.path);
  });
  return () => template;
}

function onAssigned<Key extends 'baseUrl' | 'route'>(
  request: RoutedRequest,
  key: Key,
  see: (value: RoutedRequest[Key]) => void,
): void {
  let current = request[key];
  if (current !== undefined) see(current);
  Object.defineProperty(request, key, {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (assigned: RoutedRequest[Key]) => {
      current = assigned;
      see(assigned);
    },
  });
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
