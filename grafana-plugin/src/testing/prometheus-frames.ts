import { type DataFrame, DataFrameType, type Field, FieldType, type Labels, toDataFrame } from '@grafana/data';

/** One series of an answer of Prometheus' HTTP API, of a range or an instant. */
export interface ApiSeries {
  metric: Labels;
  values?: Array<[number, string]>;
  value?: [number, string];
}

/**
 * The shapes in which Grafana hands on such an answer. `series` is what its backend makes, a frame a series; `legend` the same
 * with a legend; `named` the same with the metric's name as the field's, as with `__auto`; `table` is transformDFToTable of
 * @grafana/prometheus 13.2.3; `wide` and `long` are those of the data plane contract, as transformations make them.
 */
export const SHAPES = ['series', 'legend', 'named', 'table', 'wide', 'long'] as const;
export type Shape = (typeof SHAPES)[number];

export interface Request {
  shape: Shape;
  refId?: string;
  expr?: string;
}

export function framesOf(answer: readonly ApiSeries[], { shape, refId = 'A', expr = '' }: Request): DataFrame[] {
  const meta = { executedQueryString: `Expr: ${expr}\nStep: 15s` };
  if (shape === 'table' || shape === 'long') {
    return [{ ...tableOf(answer, { shape, refId }), refId, meta }];
  }
  if (shape === 'wide') {
    return [{ ...wideOf(answer), refId, meta: { ...meta, type: DataFrameType.TimeSeriesWide } }];
  }
  return answer.map((series) => ({
    ...seriesFrame(series, shape),
    refId,
    meta: { ...meta, type: DataFrameType.TimeSeriesMulti },
  }));
}

function samplesOf({ values, value }: ApiSeries): Array<[number, string]> {
  return values ?? (value === undefined ? [] : [value]);
}

function seriesFrame(series: ApiSeries, shape: Shape): DataFrame {
  const samples = samplesOf(series);
  const { __name__: name } = series.metric;
  const legend = Object.values(series.metric).join(' ');
  const value = {
    name: shape === 'named' && name !== undefined ? name : 'Value',
    type: FieldType.number,
    labels: series.metric,
    config: shape === 'legend' ? { displayNameFromDS: legend } : {},
    values: samples.map(([, text]) => Number(text)),
  };
  return toDataFrame({
    name: shape === 'legend' ? legend : undefined,
    fields: [timeField(samples.map(([at]) => at)), value],
  });
}

function wideOf(answer: readonly ApiSeries[]): DataFrame {
  const times = timesOf(answer);
  const fields = answer.map((series) => {
    const byTime = new Map(samplesOf(series));
    const values = times.map((at) => (byTime.has(at) ? Number(byTime.get(at)) : null));
    return {
      name: series.metric.__name__ ?? 'Value',
      type: FieldType.number,
      labels: series.metric,
      config: {},
      values,
    };
  });
  return toDataFrame({ fields: [timeField(times), ...fields] });
}

/** The data source names the values of a table by their query, so that several tables can be joined. */
function tableOf(answer: readonly ApiSeries[], { shape, refId }: { shape: Shape; refId: string }): DataFrame {
  const rows = answer.flatMap((series) => samplesOf(series).map(([at, text]) => ({ series, at, text })));
  if (shape === 'long') {
    rows.sort((a, b) => a.at - b.at);
  }
  const names = [...new Set(answer.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const labels = names.map((name) => ({
    name,
    type: FieldType.string,
    config: { filterable: true },
    values: rows.map(({ series }) => series.metric[name] ?? ''),
  }));
  const name = shape === 'table' ? `Value #${refId}` : 'Value';
  const value = { name, type: FieldType.number, config: {}, values: rows.map(({ text }) => Number(text)) };
  return toDataFrame({ fields: [timeField(rows.map(({ at }) => at)), ...labels, value] });
}

function timeField(seconds: readonly number[]): Field {
  return { name: 'Time', type: FieldType.time, config: {}, values: seconds.map((at) => at * 1000) };
}

function timesOf(answer: readonly ApiSeries[]): number[] {
  return [...new Set(answer.flatMap((series) => samplesOf(series).map(([at]) => at)))].sort((a, b) => a - b);
}
