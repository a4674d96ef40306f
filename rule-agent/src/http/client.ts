import type { LookupFunction } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { messageOf } from '@evenkeel/toolkit';
import { Agent, type Dispatcher, request } from 'undici';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Takes the text of the answer part by part, which then is not in the answer; no more is read before a part is taken. */
  onText?: (text: string) => Promise<void>;
}

/** What came back. Whatever goes wrong on the way is an answer too, never an exception. */
export type HttpAnswer =
  | { kind: 'answered'; status: number; headers: Readonly<Record<string, string>>; text: string }
  /** `limit`: the one of the client that the answer was beyond, where that is the reason. */
  | { kind: 'failed'; because: string; limit?: 'time' | 'size' };

export interface HttpClient {
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Cuts what is under way. */
  close(): Promise<void>;
}

export interface HttpLimits {
  /** For the whole exchange, from connecting to the last byte. */
  timeoutMs: number;
  maxBytes: number;
  /** Resolves names; by default as the machine does. */
  lookup?: LookupFunction | undefined;
  /** Certificates to trust instead of the machine's. */
  ca?: string | undefined;
}

/** An HTTP client that follows no redirect, waits no longer and reads no more than its limits say. */
export function createHttpClient({ timeoutMs, maxBytes, lookup, ca }: HttpLimits): HttpClient {
  const dispatcher = new Agent({
    connect: {
      timeout: timeoutMs,
      ...(lookup !== undefined && { lookup }),
      ...(ca !== undefined && { ca }),
    },
  });
  return {
    close: () => dispatcher.destroy(),
    async send({ method, url, headers = {}, body, onText }) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const options = { method, headers, dispatcher, signal, ...(body === undefined ? {} : { body }) };
        return await readAnswer(await request(url, options), { maxBytes, onText });
      } catch (error) {
        const timedOut = (error as { name?: string }).name === 'TimeoutError';
        return { kind: 'failed', because: explain(error, timeoutMs), ...(timedOut && { limit: 'time' }) };
      }
    },
  };
}

async function readAnswer(
  response: Dispatcher.ResponseData,
  { maxBytes, onText }: { maxBytes: number; onText: HttpRequest['onText'] },
): Promise<HttpAnswer> {
  // Piece by piece: together they would be there twice, as bytes and as text.
  const decoder = new StringDecoder('utf8');
  let text = '';
  let bytes = 0;
  const take = async (part: string) => {
    if (onText === undefined) text += part;
    else await onText(part);
  };
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      response.body.destroy();
      return { kind: 'failed', limit: 'size', because: `the answer is larger than ${maxBytes} bytes` };
    }
    await take(decoder.write(chunk));
  }
  await take(decoder.end());
  return { kind: 'answered', status: response.statusCode, headers: flatten(response.headers), text };
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function explain(error: unknown, timeoutMs: number): string {
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (code === 'ENOTFOUND') return 'host not found';
  const message = messageOf(error);
  return message === '' ? (code ?? 'connection failed') : message;
}
