import { messageOf } from '@evenkeel/toolkit';
import { Agent, request } from 'undici';

/** An answer that is no success, or none at all (status 0). */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: number;
  /** The problem's code; empty when there was no answer. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Whether the same request may succeed later. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface ClientOptions {
  /** Of the warehouse, without the path. */
  url: string;
  timeoutMs?: number;
  /** Hears of every answer, and of none. */
  onAnswer?: (reachable: boolean) => void;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const CONNECTIONS = 128;

/** Speaks to the warehouse's API. */
export class WarehouseClient {
  readonly #options: ClientOptions;
  readonly #agent: Agent;

  constructor(options: ClientOptions) {
    this.#options = options;
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#agent = new Agent({ headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connections: CONNECTIONS });
  }

  /** @throws ApiFailure */
  async get<Answer>(path: string): Promise<Answer> {
    return (await this.#send('GET', path)) as Answer;
  }

  /** @throws ApiFailure */
  async post<Answer>(path: string, body: object = {}): Promise<Answer> {
    return (await this.#send('POST', path, body)) as Answer;
  }

  /** Ends open requests too: they would hold up the driver's end. */
  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #send(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const { statusCode, text } = await this.#exchange(method, path, body);
    if (statusCode < 300) return JSON.parse(text) as unknown;
    const { code = '', detail = '' } = parseProblem(text);
    throw new ApiFailure(statusCode, code, `${method} ${path}: ${statusCode} ${code} ${detail}`.trim());
  }

  async #exchange(method: 'GET' | 'POST', path: string, body?: object) {
    try {
      const { statusCode, body: stream } = await request(new URL(`/api/v1${path}`, this.#options.url), {
        method,
        dispatcher: this.#agent,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await stream.text();
      this.#options.onAnswer?.(true);
      return { statusCode, text };
    } catch (error) {
      this.#options.onAnswer?.(false);
      throw new ApiFailure(0, '', `${method} ${path}: ${messageOf(error)}`);
    }
  }
}

function parseProblem(text: string): { code?: string; detail?: string } {
  try {
    return JSON.parse(text) as { code?: string; detail?: string };
  } catch {
    return {};
  }
}
