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

/** A series of one sample, for tests that write their data down. */
export function instant(name: string, labels: Record<string, string>, value: number): ApiSeries {
  return { metric: { __name__: name, ...labels }, value: [1_700_000_000, String(value)] };
}
