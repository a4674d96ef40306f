import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type DeadlineOptions, deadlineOf } from './deadline.ts';
import type { Exposition } from './exposition.ts';
import { CONTENT_TYPE } from './render.ts';

/** Below this, compressing costs both ends more than sending the bytes. */
const GZIP_FROM_BYTES = 32 * 1024;
const GZIP_LEVEL = 1;

export interface MetricsEndpoint {
  exposition: Exposition;
  deadline: DeadlineOptions;
}

/** Answers GET /metrics. `current` gives the endpoint in force, which a reload replaces. */
export function metricsHandler(current: () => MetricsEndpoint) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { exposition, deadline } = current();
    const only = requestedCollectors(request.url ?? '');
    const unknown = [...(only ?? [])].filter((name) => !exposition.collectorNames.includes(name));
    if (unknown.length > 0) {
      refuse(
        response,
        `no such collector: ${unknown.join(', ')}\nthere are: ${exposition.collectorNames.join(', ')}\n`,
      );
      return;
    }
    const deadlineMs = deadlineOf(request.headers, deadline);
    send(request, response, await exposition.scrape({ deadlineMs, ...(only && { only }) }));
  };
}

function requestedCollectors(url: string): Set<string> | undefined {
  const query = url.indexOf('?');
  if (query === -1) return undefined;
  const names = new URLSearchParams(url.slice(query)).getAll('collect[]');
  return names.length === 0 ? undefined : new Set(names);
}

function refuse(response: ServerResponse, text: string): void {
  response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

function send(request: IncomingMessage, response: ServerResponse, text: string): void {
  const headers: Record<string, string | number> = { 'content-type': CONTENT_TYPE, vary: 'Accept-Encoding' };
  const bytes = Buffer.byteLength(text);
  if (bytes < GZIP_FROM_BYTES || !acceptsGzip(request)) {
    response.writeHead(200, { ...headers, 'content-length': bytes });
    response.end(text);
    return;
  }
  const compressed = gzipSync(text, { level: GZIP_LEVEL });
  response.writeHead(200, { ...headers, 'content-encoding': 'gzip', 'content-length': compressed.length });
  response.end(compressed);
}

function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = request.headers['accept-encoding'] ?? '';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s|,|$))/i.test(accepted);
}
