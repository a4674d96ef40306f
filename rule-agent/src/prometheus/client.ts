import type { Clock, Secret } from '@evenkeel/toolkit';
import type { HttpAnswer, HttpClient } from '../http/client.ts';
import { parseQueryAnswer, type QueryResult } from './answer.ts';

/** Reads Prometheus. A failure is a result with a reason, never an exception. */
export interface Prometheus {
  /** Evaluates an expression now. */
  query(promql: string): Promise<QueryResult>;
}

export interface PrometheusOptions {
  url: string;
  http: HttpClient;
  clock: Clock;
  token?: Secret | undefined;
}

export function createPrometheus({ url, http, clock, token }: PrometheusOptions): Prometheus {
  const endpoint = `${url.replace(/\/+$/, '')}/api/v1/query`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...(token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` }),
  };
  return {
    async query(promql) {
      const body = new URLSearchParams({ query: promql }).toString();
      const answer = await http.send({ method: 'POST', url: endpoint, headers, body });
      return readAnswer(answer, clock.now());
    },
  };
}

function readAnswer(answer: HttpAnswer, receivedAtMs: number): QueryResult {
  if (answer.kind === 'failed') return { ok: false, because: `Prometheus cannot be read: ${answer.because}` };
  const result = parseQueryAnswer(answer.text, receivedAtMs);
  // 4xx and 5xx carry a JSON error that says more than the number does.
  if (answer.status === 200 || (!result.ok && result.because.startsWith('Prometheus refused'))) return result;
  return { ok: false, because: `Prometheus answered with HTTP ${answer.status}` };
}
