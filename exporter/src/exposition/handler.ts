import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DeadlineOptions, deadlineOf } from './deadline.ts';
import type { Exposition } from './exposition.ts';
import { chooseDialect } from './negotiation.ts';
import { lengthOf, type Page } from './page.ts';

/** Below this, compressing costs both ends more than sending the bytes. */
const GZIP_FROM_BYTES = 32 * 1024;

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
    const dialect = chooseDialect(request.headers.accept);
    const deadlineMs = deadlineOf(request.headers, deadline);
    const page = await exposition.scrape({ deadlineMs, dialect, ...(only && { only }) });
    try {
      await sendPage(request, response, page);
    } finally {
      page.release();
    }
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

/** Sends a page, compressed where it is worth it and the client takes it. A client that goes away is no error. */
export async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  page: Page,
): Promise<void> {
  const isPacked = page.bytes >= GZIP_FROM_BYTES && acceptsGzip(request);
  const pieces = isPacked ? await page.gzipped() : page.pieces;
  response.writeHead(200, {
    'content-type': page.contentType,
    'content-length': lengthOf(pieces),
    vary: 'Accept, Accept-Encoding',
    ...(isPacked && { 'content-encoding': 'gzip' }),
  });
  if (pieces.length === 1) {
    response.end(pieces[0]);
    return;
  }
  await pipeline(Readable.from(pieces), response).catch(() => undefined);
}

function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = request.headers['accept-encoding'] ?? '';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s|,|$))/i.test(accepted);
}
