import { AgentError } from './agent-error.ts';

/** Where an agent is, and how it is reached. */
export interface AgentAddress {
  /** Without `/api/v1`; behind a proxy with its path, in a page also without the host. */
  url: string;
  /** A bearer token. */
  token?: string | undefined;
  /** For the whole exchange, from connecting to the last byte; default 10 s. */
  timeoutMs?: number;
  /** Of an answer; default 16 MiB. */
  maxBytes?: number;
  /** Sends the requests; default the fetch of the platform. One with certificates or a pool of its own goes here. */
  fetch?: Fetch;
}

export type Fetch = (url: string, request: RequestInit) => Promise<Response>;

export interface AgentRequest {
  method: string;
  /** With the query, as it is sent. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface AgentAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** Sends one request; whatever status comes back is an answer. @throws AgentError without an answer */
export type Transport = (request: AgentRequest) => Promise<AgentAnswer>;

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** Follows no redirect, which would carry the token elsewhere, waits no longer and reads no more than it is told. */
export function createTransport(address: AgentAddress): Transport {
  const { token, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = address;
  const send: Fetch = address.fetch ?? ((url, request) => fetch(url, request));
  const base = address.url.replace(/\/+$/, '');
  return async ({ method, path, headers, body, signal }) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await send(`${base}${path}`, {
        method,
        redirect: 'error',
        headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
        ...(body !== undefined && { body }),
      });
      return { status: response.status, headers: response.headers, text: await readText(response, maxBytes) };
    } catch (error) {
      if (error instanceof AgentError) throw error;
      const because = timeout.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error);
      throw new AgentError('AGENT_UNREACHABLE', `${base} cannot be reached: ${because}`, { cause: error });
    }
  };
}

/** Piece by piece, so that an answer without end costs no more than the limit. */
async function readText({ body, status }: Response, maxBytes: number): Promise<string> {
  if (body === null) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new AgentError('AGENT_ANSWER_INVALID', `the answer is larger than ${maxBytes} bytes`, { status });
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Node's fetch says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { message?: string; code?: string }; message?: string };
  const because = [cause?.message, cause?.code, message].find((text) => text !== undefined && text !== '');
  return because ?? 'the connection failed';
}
