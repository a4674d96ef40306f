import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SeriesSet } from '../frames';
import { readFrames } from '../frames/read-frames';
import { type ApiSeries, framesOf, type Request } from './prometheus-frames';

/** A recorded answer of testdata/. */
export function recorded(name: 'range' | 'instant-with-data-missing'): ApiSeries[] {
  const text = readFileSync(join(__dirname, '../../testdata', `${name}.json`), 'utf8');
  return (JSON.parse(text) as { data: { result: ApiSeries[] } }).data.result;
}

/** The time of the newest sample of an answer. */
export function endMsOf(answer: readonly ApiSeries[]): number {
  return (
    1000 *
    Math.max(...answer.flatMap(({ values, value }) => [...(values ?? []), ...(value ? [value] : [])].map(([at]) => at)))
  );
}

export function setOf(answer: readonly ApiSeries[], request: Request = { shape: 'series' }): SeriesSet {
  return readFrames(framesOf(answer, request), { queries: [], atMs: endMsOf(answer) });
}

const START_SECONDS = 1_700_000_000;
const STEP_SECONDS = 15;

/** A series of one sample, for tests that write their data down. */
export function instant(name: string, labels: Record<string, string>, value: number): ApiSeries {
  return { metric: { __name__: name, ...labels }, value: [START_SECONDS, String(value)] };
}

/** A series of a sample a step; `timeMs` says when each was. */
export function range(name: string, labels: Record<string, string>, values: readonly number[]): ApiSeries {
  return {
    metric: { __name__: name, ...labels },
    values: values.map((value, index) => [timeMs(index) / 1000, String(value)]),
  };
}

export function timeMs(index: number): number {
  return (START_SECONDS + index * STEP_SECONDS) * 1000;
}
