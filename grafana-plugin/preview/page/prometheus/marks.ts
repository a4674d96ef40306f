import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';
import { type AnnotationQuery } from '../dashboard/shipped';
import { type ApiSeries } from './api';

/** The annotations of a query: samples that follow each other without a gap are one, from the first to the last. */
export function marksOf(answer: readonly ApiSeries[], query: AnnotationQuery, stepSeconds: number): DataFrame {
  const marks = answer.flatMap(({ metric, values = [] }) =>
    stretchesOf(values, stepSeconds).map(([from, to]) => ({ metric, from, to }))
  );
  const filled = (format = '', metric: ApiSeries['metric']) =>
    format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => metric[name] ?? '');
  const column = (name: string, type: FieldType, values: unknown[]) => ({ name, type, config: {}, values });
  return toDataFrame({
    name: query.name,
    fields: [
      column(
        'time',
        FieldType.time,
        marks.map(({ from }) => from * 1000)
      ),
      column(
        'timeEnd',
        FieldType.time,
        marks.map(({ to }) => to * 1000)
      ),
      column(
        'title',
        FieldType.string,
        marks.map(({ metric }) => filled(query.titleFormat, metric))
      ),
      column(
        'text',
        FieldType.string,
        marks.map(({ metric }) => filled(query.textFormat, metric))
      ),
      column(
        'color',
        FieldType.string,
        marks.map(() => query.iconColor)
      ),
    ],
  });
}

function stretchesOf(values: ReadonlyArray<[number, string]>, stepSeconds: number): Array<[number, number]> {
  const stretches: Array<[number, number]> = [];
  for (const [at, text] of values) {
    const last = stretches.at(-1);
    if (Number(text) === 0) {
      continue;
    }
    if (last !== undefined && at - last[1] <= stepSeconds) {
      last[1] = at;
    } else {
      stretches.push([at, at]);
    }
  }
  return stretches;
}
