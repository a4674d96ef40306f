import { isIP } from 'node:net';
import { AddressGuard, type Resolve, type Secret } from '@evenkeel/toolkit';
import {
  circuitBreaker,
  ConsecutiveBreaker,
  ConstantBackoff,
  handleWhenResult,
  isBrokenCircuitError,
  retry,
  wrap,
} from 'cockatiel';
import { createHttpClient, type HttpAnswer, type HttpRequest } from './client.ts';

export interface EndpointOptions {
  /** Where it is; nothing above it, beside it, or on another host can be reached. */
  url: string;
  /** Sent as a bearer token; asked for at every request. */
  token?: (() => Secret | undefined) | undefined;
  timeoutMs: number;
  maxBytes: number;
  /** Addresses and CIDRs that the host's name may lead to although they are not public. */
  networks?: readonly string[];
  /** Certificates to trust, as PEM, instead of the machine's. */
  ca?: string | undefined;
  /** Resolves names; by default as the machine does. */
  resolve?: Resolve;
}

export interface EndpointRequest {
  method: HttpRequest['method'];
  /** Below the endpoint's URL, percent-encoded; empty for the URL itself. */
  path: string;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Whether it may be sent again when the answer is lost. */
  repeatable: boolean;
}

/** One place of a target system. */
export interface Endpoint {
  send(request: EndpointRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

const FAILURES_BEFORE_REST = 5;
const REST_MS = 10_000;
const REPEAT_AFTER_MS = 100;

/**
 * A client for one place: it never leaves it, checks the addresses that its name leads to at every connection, repeats
 * once what may be repeated, and after five failures in a row leaves the place alone for ten seconds.
 */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const { url: base, token, timeoutMs, maxBytes, ca } = options;
  const guard = new AddressGuard([...(options.networks ?? []), ...ownAddresses(base)], {
    ...(options.resolve !== undefined && { resolve: options.resolve }),
  });
  const http = createHttpClient({ timeoutMs, maxBytes, lookup: guard.lookup, ca });
  const failing = handleWhenResult((answer) => isFailure(answer as HttpAnswer));
  const breaker = circuitBreaker(failing, {
    halfOpenAfter: REST_MS,
    breaker: new ConsecutiveBreaker(FAILURES_BEFORE_REST),
  });
  const twice = wrap(
    breaker,
    retry(failing, { maxAttempts: 1, backoff: new ConstantBackoff(REPEAT_AFTER_MS) }),
  );
  return {
    close: () => http.close(),
    async send({ path, query = {}, headers = {}, repeatable, ...request }) {
      const url = urlBelow(base, path, query);
      if (url === undefined) return { kind: 'failed', because: 'the request leads out of its system' };
      const bearer = token?.();
      const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer.reveal()}` };
      const policy = repeatable ? twice : breaker;
      try {
        return await policy.execute(() =>
          http.send({ ...request, url, headers: { ...headers, ...authorization } }),
        );
      } catch (error) {
        if (!isBrokenCircuitError(error)) throw error;
        return { kind: 'failed', because: `left alone for a while after ${FAILURES_BEFORE_REST} failures` };
      }
    },
  };
}

/** The URL of a path below another URL, or undefined when it would be elsewhere. */
export function urlBelow(
  base: string,
  path: string,
  query: Readonly<Record<string, string>>,
): string | undefined {
  const root = new URL(base);
  const rootPath = root.pathname.replace(/\/+$/, '');
  const url = new URL(root);
  if (path !== '') url.pathname = `${rootPath}${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const isBelow = path === '' || url.pathname === `${rootPath}${path}`;
  return isBelow && url.origin === root.origin ? url.href : undefined;
}

/** An address in the configuration's own URL is listed by that. */
function ownAddresses(url: string): string[] {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost') return ['127.0.0.0/8', '::1'];
  return isIP(host) === 0 ? [] : [host];
}

function isFailure(answer: HttpAnswer): boolean {
  return answer.kind === 'failed' || answer.status >= 500;
}
