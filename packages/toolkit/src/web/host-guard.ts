import type { RequestHandler } from 'express';
import { sendProblem } from './problems.ts';

/**
 * Refuses requests that name a host which this server is not. A page of a stranger can make a browser send requests to loopback
 * under the stranger's own name (DNS rebinding), and would read the answers as its own.
 *
 * @param hosts without ports, IPv6 addresses in brackets
 */
export function allowHosts(hosts: readonly string[]): RequestHandler {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  return (request, response, next) => {
    const { host } = request.headers;
    // HTTP/1.0 has no such header; browsers always send it.
    if (host === undefined || allowed.has(withoutPort(host).toLowerCase())) {
      next();
      return;
    }
    sendProblem(response, {
      status: 421,
      title: 'Host not allowed',
      code: 'HOST_NOT_ALLOWED',
      detail: 'the request names a host that this server does not answer for; web.allowed_hosts lists them',
    });
  };
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '');
}
