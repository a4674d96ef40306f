import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type WarehouseFault =
  | 'none'
  | 'status_500'
  /** Applies, then answers 500. */
  | 'applies_then_500'
  /** Applies, then never answers, and is gone. */
  | 'applies_then_hangs'
  | 'out_of_bounds'
  /** Somebody else moves the knob between reading and writing. */
  | 'races'
  | 'garbage'
  | 'redirects';

/** A system with one knob, for fault tests: compare-and-set and idempotency keys as the warehouse has them. */
export class FakeWarehouse {
  value = 2;
  version = 1;
  fault: WarehouseFault = 'none';
  /** Every change that was applied, under its key. */
  applied: { key: string; value: number }[] = [];
  requests: string[] = [];
  readonly token = 'warehouse-secret';
  #server: Server | undefined;
  #port = 0;

  get knobsUrl(): string {
    return `http://127.0.0.1:${this.#port}/api/v1/admin/knobs`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    this.requests.push(`${request.method} ${request.url}`);
    if (this.fault === 'redirects')
      return void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
    if (this.fault === 'status_500') return void response.writeHead(500).end('broken');
    if (this.fault === 'garbage') return void response.writeHead(200).end('<html>');
    if (request.method === 'GET') {
      this.#send(response, 200);
      if (this.fault === 'races') this.version += 1;
      return;
    }
    this.#put(request, response, (JSON.parse(body) as { value: number }).value);
  }

  #put(request: IncomingMessage, response: ServerResponse, value: number): void {
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      this.#problem(response, 401, 'no token');
      return;
    }
    if (request.headers['if-match'] !== `"${this.version}"`) {
      this.#problem(response, 412, 'another version');
      return;
    }
    if (this.fault === 'out_of_bounds') {
      this.#problem(response, 422, 'out of bounds');
      return;
    }
    const key = String(request.headers['idempotency-key']);
    this.value = value;
    this.version += 1;
    this.applied.push({ key, value });
    if (this.fault === 'applies_then_hangs') return;
    if (this.fault === 'applies_then_500') return void response.writeHead(500).end('broken');
    this.#send(response, 200);
  }

  #send(response: ServerResponse, status: number): void {
    const knob = {
      name: 'cache_ttl',
      value: this.value,
      unit: 'seconds',
      min: 0,
      max: 600,
      default: 2,
      version: this.version,
    };
    response
      .writeHead(status, { 'content-type': 'application/json', etag: `"${this.version}"` })
      .end(JSON.stringify(knob));
  }

  #problem(response: ServerResponse, status: number, detail: string): void {
    response
      .writeHead(status, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify({ status, detail }));
  }
}
