import { type Labels } from '@grafana/data';

/** One series of an answer of Prometheus' HTTP API. */
export interface ApiSeries {
  metric: Labels;
  values?: Array<[number, string]>;
  value?: [number, string];
}

interface ApiAnswer<T> {
  status: 'success' | 'error';
  data?: T;
  error?: string;
}

export interface Range {
  startSeconds: number;
  endSeconds: number;
  stepSeconds: number;
}

export async function queryRange(expr: string, { startSeconds, endSeconds, stepSeconds }: Range): Promise<ApiSeries[]> {
  const parameters = { query: expr, start: `${startSeconds}`, end: `${endSeconds}`, step: `${stepSeconds}` };
  return (await read<{ result: ApiSeries[] }>('query_range', parameters)).result;
}

export async function queryInstant(expr: string, timeSeconds: number): Promise<ApiSeries[]> {
  return (await read<{ result: ApiSeries[] }>('query', { query: expr, time: `${timeSeconds}` })).result;
}

export async function labelValues(series: string, label: string): Promise<string[]> {
  return read<string[]>(`label/${label}/values`, { 'match[]': series });
}

/** @throws Error with what Prometheus, or the preview's server, said */
async function read<T>(path: string, parameters: Record<string, string>): Promise<T> {
  const response = await fetch(`/api/prometheus/${path}?${new URLSearchParams(parameters)}`);
  const answer = (await response.json()) as ApiAnswer<T>;
  if (answer.status !== 'success' || answer.data === undefined) {
    throw new Error(answer.error ?? `Prometheus answered with status ${response.status}`);
  }
  return answer.data;
}
