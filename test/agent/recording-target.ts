import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A change that the target made. */
export interface AppliedChange {
  knob: string;
  key: string;
  value: number;
  /** Who asked for it, by its bearer token. */
  actor: string;
  fencingToken: number;
}

interface Knob {
  value: number;
  version: number;
}

/** How long the target takes, in milliseconds, before and after it makes a change. */
export type Pace = () => number;

/**
 * A system whose knobs can be moved, which remembers all that it was asked and all that it did.
 *
 * It compares versions, and nothing else: a key that comes twice is applied twice, an old fencing token like a new one.
 * That neither happens is for its callers to see to.
 */
export class RecordingTarget {
  readonly applied: AppliedChange[] = [];
  readonly keysSeen = new Set<string>();
  readonly #knobs = new Map<string, Knob>();
  readonly #waiting = new Set<() => void>();
  readonly #pace: Pace;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get knobsUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/knobs`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  knob(name: string): Knob {
    const knob = this.#knobs.get(name) ?? { value: 0, version: 1 };
    this.#knobs.set(name, knob);
    return knob;
  }

  /** Resolves when the condition holds; it is looked at with every change that is asked for, and every one that is made. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const name = request.url!.split('/').at(-1)!;
    if (request.method === 'GET') this.#send(response, name);
    else await this.#put(request, response, { name, value: (JSON.parse(body) as { value: number }).value });
  }

  async #put(
    request: IncomingMessage,
    response: ServerResponse,
    { name, value }: { name: string; value: number },
  ): Promise<void> {
    const { headers } = request;
    const key = String(headers['idempotency-key']);
    this.keysSeen.add(key);
    this.#wake();
    await delay(this.#pace());
    const knob = this.knob(name);
    if (headers['if-match'] !== `"${knob.version}"`) {
      response.writeHead(412).end('{}');
      return;
    }
    knob.value = value;
    knob.version += 1;
    const actor = String(headers.authorization).replace('Bearer ', '');
    const fencingToken = Number(headers['fencing-token'] ?? 0);
    this.applied.push({ knob: name, key, value, actor, fencingToken });
    this.#wake();
    await delay(this.#pace());
    this.#send(response, name);
  }

  #send(response: ServerResponse, name: string): void {
    const { value, version } = this.knob(name);
    response
      .writeHead(200, { 'content-type': 'application/json', etag: `"${version}"` })
      .end(JSON.stringify({ name, value, min: 0, max: 1e9 }));
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}
