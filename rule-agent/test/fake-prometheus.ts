import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { isSignalQuery, SIGNAL_NAMES_QUERY } from '../src/facts/index.ts';
import { LoopbackServer } from './loopback-server.ts';

/** A signal as the fake serves it. */
export interface FakeSignal {
  signal: string;
  labels: Record<string, string>;
  value: string;
  /** How long ago it was recorded. */
  ageMs?: number;
  /** Whether its baseline is ready: 1, or 0. */
  ready?: string;
}

/** What goes wrong, if anything. */
export type PrometheusFault =
  | 'none'
  | 'garbage'
  | 'wrong_types'
  | 'status_500'
  | 'refused_query'
  | 'hangs'
  | 'warns'
  | 'partial'
  | 'no_access'
  | 'html';

/** Prometheus' query endpoint, for fault tests: the real protocol, on a free port. */
export class FakePrometheus {
  signals: FakeSignal[] = [];
  scrapes: { labels: Record<string, string>; up: boolean }[] = [];
  fault: PrometheusFault = 'none';
  /** A query that is refused as a mistake. */
  refuse = '';
  /** What else it is asked, by what the query contains, with the series that it answers with. */
  others: Record<string, { metric: Record<string, string>; value: string }[]> = {};
  /** What was recorded of a query at a time; by default nothing was. */
  past: (query: string, atMs: number) => number | undefined = () => undefined;
  /** Ranges time out. */
  refuseRanges = false;
  queries: string[] = [];
  /** The headers of the last request. */
  headers: IncomingHttpHeaders = {};
  /** How far its clock is ahead of everybody else's. */
  aheadMs = 0;
  readonly #now: () => number;
  readonly #server = new LoopbackServer((request, response) => void this.#serve(request, response));

  constructor(now: () => number) {
    this.#now = now;
  }

  get url(): string {
    return this.#server.url;
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
    const parameters = new URLSearchParams(body);
    const query = parameters.get('query') ?? '';
    const isRange = parameters.has('start');
    if (!isRange) this.queries.push(query);
    this.headers = request.headers;
    if (this.fault === 'hangs') return;
    const { status, text } =
      isRange && this.fault === 'none' ? this.#answerRange(query, parameters) : this.#answer(query);
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  }

  #answerRange(query: string, parameters: URLSearchParams): { status: number; text: string } {
    if (this.refuseRanges || query === this.refuse) return TIMED_OUT;
    const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(parameters.get(name)));
    const values: [number, string][] = [];
    for (let at = start!; at <= end!; at += step!) {
      const value = this.past(query, at * 1000);
      if (value !== undefined) values.push([at, String(value)]);
    }
    const result = values.length === 0 ? [] : [{ metric: {}, values }];
    return {
      status: 200,
      text: JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }),
    };
  }

  #answer(query: string): { status: number; text: string } {
    if (query === this.refuse) {
      return { status: 400, text: '{"status":"error","errorType":"bad_data","error":"parse error"}' };
    }
    switch (this.fault) {
      case 'garbage':
        return { status: 200, text: '{"status":"success","data":{"resultType":"vector","result":[{"metr' };
      case 'wrong_types': {
        const result = [{ metric: { __name__: 'evenkeel:signal:value' }, value: ['now', 3] }];
        return {
          status: 200,
          text: JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }),
        };
      }
      case 'html':
        return { status: 200, text: '<html><body>Please sign in</body></html>' };
      case 'status_500':
        return { status: 500, text: 'internal error' };
      case 'no_access':
        return { status: 401, text: 'no' };
      case 'refused_query':
        return TIMED_OUT;
      default:
        return { status: 200, text: this.#vector(this.#resultOf(query)) };
    }
  }

  #resultOf(query: string): object[] {
    if (query === SIGNAL_NAMES_QUERY) return this.#names();
    return isSignalQuery(query) ? this.#series() : this.#othersFor(query);
  }

  #names(): object[] {
    const names = [...new Set(this.signals.map(({ signal }) => signal))];
    return names.map((signal) => ({ metric: { signal }, value: [this.#now() / 1000, '1'] }));
  }

  #othersFor(query: string): object[] {
    const [, series = []] = Object.entries(this.others).find(([part]) => query.includes(part)) ?? [];
    return series.map(({ metric, value }) => ({ metric, value: [this.#now() / 1000, value] }));
  }

  #series(): object[] {
    const nowS = (this.#now() + this.aheadMs) / 1000;
    const values = this.signals.flatMap(({ signal, labels, value, ageMs = 0, ready }) => {
      const identity = { signal, domain: 'api', ...labels };
      return [
        { metric: { __name__: 'evenkeel:signal:value', ...identity }, value: [nowS, value] },
        {
          metric: { ...identity, evenkeel_part: 'value_at' },
          value: [nowS, String(nowS - ageMs / 1000)],
        },
        ...(ready === undefined
          ? []
          : [
              { metric: { ...identity, evenkeel_part: 'ready' }, value: [nowS, ready] },
              { metric: { ...identity, evenkeel_part: 'ready_at' }, value: [nowS, String(nowS)] },
            ]),
      ];
    });
    const ups = this.scrapes.map(({ labels, up }) => ({
      metric: { __name__: 'up', ...labels },
      value: [nowS, up ? '1' : '0'],
    }));
    return [...values, ...ups];
  }

  #vector(result: object[]): string {
    const warnings = this.fault === 'warns' ? { warnings: ['a store could not be reached'] } : {};
    const partial = this.fault === 'partial' ? { isPartial: true } : {};
    return JSON.stringify({
      status: 'success',
      ...warnings,
      ...partial,
      data: { resultType: 'vector', result },
    });
  }
}

const TIMED_OUT = {
  status: 422,
  text: '{"status":"error","errorType":"execution","error":"query timed out"}',
};
