import { type DataFrame, DataFrameType, type Field, FieldType, type Labels, toDataFrame } from '@grafana/data';
import { type Target } from '../dashboard/shipped';
import { type ApiSeries } from './api';

export interface Asked {
  target: Target;
  /** The query with its variables filled in. */
  expr: string;
  stepSeconds: number;
}

/**
 * Frames as the backend of Grafana's Prometheus data source makes them of an answer, after Grafana's data plane contract: a frame
 * a series, of type timeseries-multi or numeric-multi, its value named by the metric. Only the first says which query it
 * answers, so an empty answer is a frame without fields.
 */
export function backendFrames(answer: readonly ApiSeries[], asked: Asked): DataFrame[] {
  const [first = emptyFrame(asked), ...others] = answer.map((series) => seriesFrame(series, asked));
  const executedQueryString = `Expr: ${asked.expr}\nStep: ${goDuration(asked.stepSeconds)}`;
  return [{ ...first, meta: { ...first.meta, executedQueryString } }, ...others];
}

function emptyFrame({ target: { refId } }: Asked): DataFrame {
  return toDataFrame({ refId, meta: { typeVersion: [0, 0] }, fields: [] });
}

function seriesFrame(series: ApiSeries, asked: Asked): DataFrame {
  const samples = series.values ?? (series.value === undefined ? [] : [series.value]);
  const displayNameFromDS = legendOf(series.metric, asked);
  const time: Field = {
    name: 'Time',
    type: FieldType.time,
    config: { interval: asked.stepSeconds * 1000 },
    values: samples.map(([at]) => Math.round(at * 1000)),
  };
  const value: Field = {
    name: series.metric.__name__ ?? 'Value',
    type: FieldType.number,
    labels: series.metric,
    config: displayNameFromDS === '' ? {} : { displayNameFromDS },
    values: samples.map(([, text]) => numberOf(text)),
  };
  return toDataFrame({ refId: asked.target.refId, meta: kindOf(series), fields: [time, value] });
}

/** `{{label}}` stands for a label's value; `__auto` leaves the name to the front end; nothing is the series as PromQL writes it. */
function legendOf(labels: Labels, { target: { legendFormat = '' }, expr }: Asked): string {
  if (legendFormat === '__auto') {
    return Object.keys(labels).length > 0 ? '' : expr;
  }
  if (legendFormat !== '') {
    return legendFormat.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, name: string) => labels[name] ?? '');
  }
  const series = seriesText(labels);
  return series === '{}' ? expr : series;
}

function seriesText({ __name__: name = '', ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return pairs.length === 0 && name !== '' ? name : `${name}{${pairs.sort().join(', ')}}`;
}

function kindOf({ values }: ApiSeries): DataFrame['meta'] {
  return values === undefined
    ? { type: DataFrameType.NumericMulti, typeVersion: [0, 1], custom: { resultType: 'vector' } }
    : { type: DataFrameType.TimeSeriesMulti, typeVersion: [0, 1], custom: { resultType: 'matrix' } };
}

/** `+Inf` and `-Inf` are written in Go's way. */
function numberOf(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}

/** As Go writes a duration of whole seconds: `30s`, `1m0s`, `2h0m0s`. */
function goDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds % 60}s`;
}
