import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server.ts';

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
  readonly #server = new LoopbackServer((request, response) => void this.#serve(request, response));

  get knobsUrl(): string {
    return `${this.#server.url}/api/v1/admin/knobs`;
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  stop(): Promise<void> {
    return this.#server.stop();
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
