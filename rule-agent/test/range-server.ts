import type { HttpAnswer, HttpClient, HttpRequest } from '../src/http/client.ts';

/** A series of the server: what it has at a time, as Prometheus writes it; undefined for nothing. */
export interface ServedSeries {
  metric: Record<string, string>;
  at: (ms: number) => string | undefined;
}

export interface RangeLimits {
  points: number;
  /** Points of all series together. */
  samples: number;
  bytes: number;
  /** Points for which there is time. */
  inTime: number;
}

const NO_LIMITS: RangeLimits = { points: 11_000, samples: Infinity, bytes: Infinity, inTime: Infinity };

/** Answers `/api/v1/query_range` in the way of Prometheus, with its limits, without a server. */
export class RangeServer implements HttpClient {
  /** The points of each request: how many there were in the time from its start to its end. */
  readonly asked: { startMs: number; points: number }[] = [];
  readonly #series: readonly ServedSeries[];
  readonly #limits: RangeLimits;

  constructor(series: readonly ServedSeries[], limits: Partial<RangeLimits> = {}) {
    this.#series = series;
    this.#limits = { ...NO_LIMITS, ...limits };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  send({ body = '' }: HttpRequest): Promise<HttpAnswer> {
    const form = new URLSearchParams(body);
    const [startMs, endMs, stepMs] = ['start', 'end', 'step'].map((name) =>
      Math.round(Number(form.get(name)) * 1000),
    ) as [number, number, number];
    const points = Math.floor((endMs - startMs) / stepMs) + 1;
    this.asked.push({ startMs, points });
    const times = Array.from({ length: points }, (_, point) => startMs + point * stepMs);
    return Promise.resolve(this.#refusal(points) ?? this.#matrix(times));
  }

  #refusal(points: number): HttpAnswer | undefined {
    const { points: mostPoints, samples, inTime } = this.#limits;
    if (points - 1 > mostPoints)
      return refused(400, 'exceeded maximum resolution of 11,000 points per timeseries');
    if (points * this.#series.length > samples) {
      return refused(422, 'query processing would load too many samples into memory in query execution');
    }
    if (points > inTime) return { kind: 'failed', limit: 'time', because: 'no answer within 5000 ms' };
    return undefined;
  }

  #matrix(times: readonly number[]): HttpAnswer {
    const result = this.#series
      .map(({ metric, at }) => ({
        metric,
        values: times.flatMap((ms): [number, string][] => {
          const value = at(ms);
          return value === undefined ? [] : [[ms / 1000, value]];
        }),
      }))
      .filter(({ values }) => values.length > 0);
    const text = JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
    return text.length > this.#limits.bytes
      ? { kind: 'failed', limit: 'size', because: `the answer is larger than ${this.#limits.bytes} bytes` }
      : answered(200, text);
  }
}

function refused(status: number, error: string): HttpAnswer {
  return answered(status, JSON.stringify({ status: 'error', errorType: 'execution', error }));
}

export function answered(status: number, text: string): HttpAnswer {
  return { kind: 'answered', status, headers: {}, text };
}
