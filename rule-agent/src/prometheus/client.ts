import { type Clock, createPace, inTurns, type Secret } from '@evenkeel/toolkit';
import type { HttpAnswer, HttpClient, HttpRequest } from '../http/client.ts';
import { type QueryResult, VectorReader } from './answer.ts';
import { type Failure, type Fault, failure } from './failure.ts';
import { readMatrixAnswer } from './matrix-answer.ts';
import { endOf, type Range, type RangeResult } from './range.ts';
import { type PieceResult, queryInPieces, type TooMuch } from './range-pieces.ts';
import { SeriesLabels } from './series-labels.ts';

/** Reads Prometheus. A failure is a result with a reason, never an exception. */
export interface Prometheus {
  /** Evaluates an expression now. */
  query(promql: string): Promise<QueryResult>;
  /** Evaluates an expression at every multiple of the step within the range, in as many requests as the server's limits want. */
  queryRange(promql: string, range: Range): Promise<RangeResult>;
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
  const root = `${url.replace(/\/+$/, '')}/api/v1`;
  const headers = headersOf(access);
  const labels = new SeriesLabels();
  const requestFor = (path: string, parameters: Record<string, string>): HttpRequest => ({
    ...{ method: 'POST', url: `${root}/${path}`, headers },
    body: new URLSearchParams(parameters).toString(),
  });
  return {
    async query(promql) {
      const sentAtMs = clock.now();
      const reader = new VectorReader(labels);
      const pace = createPace();
      const onText = async (text: string) => {
        reader.add(text);
        await pace();
      };
      const answer = await http.send({ ...requestFor('query', { query: promql }), onText });
      const result = resultOf(answer, reader.end(clock.now()));
      return result.ok ? { ...result, sentAtMs } : result;
    },
    queryRange: (promql, range) =>
      queryInPieces(range, async (placement) => {
        const { piece } = placement;
        const answer = await http.send(
          requestFor('query_range', {
            query: promql,
            start: toSeconds(piece.startMs),
            end: toSeconds(endOf(piece)),
            step: toSeconds(piece.stepMs),
          }),
        );
        const text = answer.kind === 'answered' ? answer.text : '';
        const result = resultOf(answer, await inTurns(readMatrixAnswer(text, placement)));
        return result.ok ? result : withAmount(result, answer);
      }),
  };
}

function toSeconds(ms: number): string {
  return String(ms / 1000);
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

/** What makes no sense for a query: a mistake in it, or too much of it. Everything else says something of who answers. */
const STATUS_OF_QUERY = [400, 422];

/** What was read, unless the exchange itself says that it is no result. */
function resultOf<Result extends { ok: true }>(answer: HttpAnswer, read: Result | Failure): Result | Failure {
  if (answer.kind === 'failed') {
    const fault = answer.limit === 'time' ? 'timeout' : 'down';
    return failure(fault, `Prometheus cannot be read: ${answer.because}`);
  }
  const { status } = answer;
  if (status === 200) return read;
  const fault = faultOf(status);
  // 4xx and 5xx carry a JSON error that says more than the number does.
  if (!read.ok && read.because.startsWith('Prometheus refused')) return { ...read, fault };
  return failure(fault, `Prometheus answered with HTTP ${status}`);
}

function faultOf(status: number): Fault {
  if (status >= 500) return 'server_error';
  return STATUS_OF_QUERY.includes(status) ? 'query' : 'no_access';
}

/** How Prometheus, VictoriaMetrics, Thanos and Mimir say that an answer would be too large, or takes too long. */
const SAYS_SIZE = /too many (?:samples|points|chunks|series)|exceed|limit|cannot select more/i;
const SAYS_TIME = /timed? ?out|deadline exceeded/i;

function withAmount(flaw: Failure, answer: HttpAnswer): PieceResult {
  const tooMuch = answer.kind === 'failed' ? answer.limit : amountOf(flaw);
  return tooMuch === undefined ? flaw : { ...flaw, tooMuch };
}

/** Of what the server says; one that has had too many requests must not get two for one. */
function amountOf({ fault, because }: Failure): TooMuch | undefined {
  if (fault !== 'query' && fault !== 'server_error') return undefined;
  if (SAYS_TIME.test(because) || because.endsWith('HTTP 504')) return 'time';
  return SAYS_SIZE.test(because) ? 'size' : undefined;
}
