import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WatchRequest } from './request-metrics.ts';

/** What is used of a fastify instance; fastify itself is not a dependency. */
export interface FastifyInstanceLike {
  addHook(
    name: 'onRequest',
    hook: (
      request: { raw: IncomingMessage; routeOptions: { url?: string | undefined } },
      reply: { raw: ServerResponse },
      done: () => void,
    ) => void,
  ): unknown;
}

export type FastifyPlugin = (instance: FastifyInstanceLike, options: unknown, done: () => void) => void;

/** A plugin for fastify 5. The route is the template that fastify knows, prefixes included. */
export function fastifyPlugin(watch: WatchRequest): FastifyPlugin {
  const plugin: FastifyPlugin = (instance, _options, done) => {
    instance.addHook('onRequest', (request, reply, next) => {
      watch(request.raw, reply.raw, () => request.routeOptions.url);
      next();
    });
    done();
  };
  // Fastify's own mark for a plugin whose hooks are for the whole application, and not only for what it registers itself.
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: 'evenkeel-api-metrics',
  });
}
