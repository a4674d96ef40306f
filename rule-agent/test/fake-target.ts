import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server.ts';

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
}

/** What goes wrong with a change; questions are answered by `broken` alone. */
export type TargetFault = 'none' | 'slow' | 'status_500' | 'wrong_body' | 'gone_after_apply';

/** A target system of any protocol, for fault tests: `handle` is the protocol, the faults are the same for all. */
export class FakeTarget {
  fault: TargetFault = 'none';
  readonly seen: Seen[] = [];
  readonly #handle: (seen: Seen) => Reply;
  readonly #server = new LoopbackServer((request, response) => void this.#serve(request, response));

  constructor(handle: (seen: Seen) => Reply) {
    this.#handle = handle;
  }

  get url(): string {
    return this.#server.url;
  }

  /** What was asked to be changed. */
  get changes(): Seen[] {
    return this.seen.filter(({ method }) => method !== 'GET');
  }

  async start(): Promise<this> {
    await this.#server.start();
    return this;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = await this.#reply(request);
    if (reply === undefined) return;
    const { status = 200, headers = {}, json } = reply;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof json === 'string' ? json : JSON.stringify(json ?? {}));
  }

  async #reply(request: IncomingMessage): Promise<Reply | undefined> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const { method = '', headers } = request;
    const seen = { method, path: pathname, query: searchParams, headers, body: parse(body) };
    this.seen.push(seen);
    if (this.fault === 'status_500') return { status: 500, json: 'broken' };
    if (this.fault === 'wrong_body') return { json: '<html>welcome</html>' };
    if (this.fault === 'slow') return undefined;
    const reply = this.#handle(seen);
    if (this.fault !== 'gone_after_apply' || method === 'GET') return reply;
    // Done, but nobody will hear of it.
    void this.stop();
    return undefined;
  }
}

function parse(body: string): unknown {
  return body === '' ? undefined : (JSON.parse(body) as unknown);
}
