import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One series of an answer of Prometheus' HTTP API, of a range or an instant. */
export interface ApiSeries {
  metric: Readonly<Record<string, string>>;
  values?: readonly Sample[];
  value?: Sample;
}
type Sample = readonly [number, string];

const TESTDATA = join(import.meta.dirname, '../../../grafana-plugin/testdata');
const MOST_SERIES = 2;
const MOST_SAMPLES = 3;

const recordedRange = read('range');
const recordedInstant = read('instant-with-data-missing');

/** The last samples of the recorded answer to a range. */
export const RANGE = { stepSeconds: 30, endSeconds: endOf(recordedRange) };

/** The first series of each of these metrics in the recorded answer, with their last samples. */
export function range(...names: readonly string[]): ApiSeries[] {
  return few(recordedRange, names).map(({ metric, values = [] }) => ({
    metric,
    values: values.slice(-MOST_SAMPLES),
  }));
}

/** The same at one time, of the recorded answer in which data are missing; alerts of the other one's end. */
export function instant(...names: readonly string[]): ApiSeries[] {
  const found = few(recordedInstant, names);
  const others = names.filter((name) => !found.some(({ metric }) => metric.__name__ === name));
  return [...found, ...lastOf(few(recordedRange, others))];
}

/** What is left of series in an instant at the end of their range. */
export function lastOf(series: readonly ApiSeries[]): ApiSeries[] {
  return series.map(({ metric, values = [] }) => ({ metric, value: values.at(-1)! }));
}

/** As an aggregation leaves series. */
export function withoutName(series: readonly ApiSeries[]): ApiSeries[] {
  return series.map(({ metric: { __name__: _, ...labels }, ...samples }) => ({ ...samples, metric: labels }));
}

/** A series that is not recorded, up to the end of the range. */
export function named(
  name: string,
  labels: Readonly<Record<string, string>>,
  values: readonly string[],
): ApiSeries {
  const at = (index: number) => RANGE.endSeconds - (values.length - 1 - index) * RANGE.stepSeconds;
  return {
    metric: { __name__: name, ...labels },
    values: values.map((value, index): Sample => [at(index), value]),
  };
}

function few(all: readonly ApiSeries[], names: readonly string[]): ApiSeries[] {
  return names.flatMap((name) => all.filter(({ metric }) => metric.__name__ === name).slice(0, MOST_SERIES));
}

function read(name: string): ApiSeries[] {
  const text = readFileSync(join(TESTDATA, `${name}.json`), 'utf8');
  return (JSON.parse(text) as { data: { result: ApiSeries[] } }).data.result;
}

function endOf(all: readonly ApiSeries[]): number {
  return Math.max(...all.flatMap(({ values = [] }) => values.map(([at]) => at)));
}
