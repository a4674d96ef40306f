import { type Clock, inTurns, type Secret } from '@evenkeel/toolkit';
import type { HttpAnswer, HttpClient } from '../http/client.ts';
import { type QueryResult, readQueryAnswer } from './answer.ts';
import { SeriesLabels } from './series-labels.ts';

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
  basicAuth?: { username: string; password: Secret } | undefined;
  /** Sent as X-Scope-OrgID: Mimir, Loki's kin and gateways know tenants by it. */
  tenant?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

export function createPrometheus({ url, http, clock, ...access }: PrometheusOptions): Prometheus {
  const endpoint = `${url.replace(/\/+$/, '')}/api/v1/query`;
  const headers = headersOf(access);
  const labels = new SeriesLabels();
  return {
    async query(promql) {
      const body = new URLSearchParams({ query: promql }).toString();
      const sentAtMs = clock.now();
      const answer = await http.send({ method: 'POST', url: endpoint, headers, body });
      return await readAnswer(answer, { sentAtMs, receivedAtMs: clock.now(), labels });
    },
  };
}

function headersOf({
  token,
  basicAuth,
  tenant,
  headers,
}: Omit<PrometheusOptions, 'url' | 'http' | 'clock'>): Record<string, string> {
  return {
    ...headers,
    'content-type': 'application/x-www-form-urlencoded',
    ...(tenant !== undefined && { 'x-scope-orgid': tenant }),
    ...(token !== undefined && { authorization: `Bearer ${token.reveal()}` }),
    ...(basicAuth !== undefined && { authorization: `Basic ${toBase64(basicAuth)}` }),
  };
}

function toBase64({ username, password }: { username: string; password: Secret }): string {
  return Buffer.from(`${username}:${password.reveal()}`).toString('base64');
}

interface Reception {
  sentAtMs: number;
  receivedAtMs: number;
  /** Of the series that came before. */
  labels: SeriesLabels;
}

/** What makes no sense for a query: a mistake in it, or too much of it. Everything else says something of who answers. */
const STATUS_OF_QUERY = [400, 422];

async function readAnswer(
  answer: HttpAnswer,
  { sentAtMs, receivedAtMs, labels }: Reception,
): Promise<QueryResult> {
  if (answer.kind === 'failed') {
    const fault = answer.timedOut === true ? 'timeout' : 'down';
    return { ok: false, fault, because: `Prometheus cannot be read: ${answer.because}` };
  }
  const { status, text } = answer;
  const result = await inTurns(readQueryAnswer(text, receivedAtMs, labels));
  if (status === 200) return result.ok ? { ...result, sentAtMs } : result;
  const fault = status >= 500 ? 'server_error' : STATUS_OF_QUERY.includes(status) ? 'query' : 'no_access';
  // 4xx and 5xx carry a JSON error that says more than the number does.
  if (!result.ok && result.because.startsWith('Prometheus refused')) return { ...result, fault };
  return { ok: false, fault, because: `Prometheus answered with HTTP ${status}` };
}
