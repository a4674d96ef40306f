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
 * Frames as Grafana's Prometheus data source makes them of an answer: a frame a series, or one table. Only the first says which
 * query it answers, so an empty answer is a frame without fields. grafana/grafana: pkg/promlib/querydata/response.go and
 * pkg/promlib/converter, with its data plane types.
 */
export function framesOf(answer: readonly ApiSeries[], asked: Asked): DataFrame[] {
  if (asked.target.format === 'table') {
    return [tableOf(answer, asked)];
  }
  const [first = emptyFrame(asked), ...others] = answer.map((series) => seriesFrame(series, asked));
  return [{ ...first, meta: { ...first.meta, ...metaOf(asked) } }, ...others];
}

function emptyFrame({ target: { refId } }: Asked): DataFrame {
  return toDataFrame({ refId, fields: [] });
}

function seriesFrame(series: ApiSeries, asked: Asked): DataFrame {
  const samples = samplesOf(series);
  const displayNameFromDS = legendOf(series.metric, asked);
  return toDataFrame({
    refId: asked.target.refId,
    meta: { ...kindOf(series), typeVersion: [0, 1] },
    fields: [
      timeField(
        samples.map(([at]) => at),
        asked.stepSeconds
      ),
      {
        name: series.metric.__name__ ?? 'Value',
        type: FieldType.number,
        labels: series.metric,
        config: displayNameFromDS === '' ? {} : { displayNameFromDS },
        values: samples.map(([, text]) => numberOf(text)),
      },
    ],
  });
}

function tableOf(answer: readonly ApiSeries[], asked: Asked): DataFrame {
  const rows = answer.flatMap((series) => samplesOf(series).map(([at, text]) => ({ labels: series.metric, at, text })));
  const names = [...new Set(answer.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const { refId } = asked.target;
  return toDataFrame({
    refId,
    meta: metaOf(asked),
    fields: [
      timeField(
        rows.map(({ at }) => at),
        asked.stepSeconds
      ),
      ...names.map((name) => ({
        name,
        type: FieldType.string,
        config: { filterable: true },
        values: rows.map(({ labels }) => labels[name] ?? ''),
      })),
      { name: `Value #${refId}`, type: FieldType.number, config: {}, values: rows.map(({ text }) => numberOf(text)) },
    ],
  });
}

/** `{{label}}` stands for a label's value; `__auto` leaves the name to Grafana; nothing is the series as PromQL writes it. */
function legendOf(labels: Labels, { target: { legendFormat = '' }, expr }: Asked): string {
  if (legendFormat === '__auto') {
    return Object.keys(labels).length > 0 ? '' : expr;
  }
  if (legendFormat !== '') {
    return legendFormat.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => labels[name] ?? '');
  }
  const series = seriesText(labels);
  return series === '{}' ? expr : series;
}

function seriesText({ __name__: name = '', ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return pairs.length === 0 && name !== '' ? name : `${name}{${pairs.join(', ')}}`;
}

function kindOf({ values }: ApiSeries) {
  return values === undefined
    ? { type: DataFrameType.NumericMulti, custom: { resultType: 'vector' } }
    : { type: DataFrameType.TimeSeriesMulti, custom: { resultType: 'matrix' } };
}

function metaOf({ expr, stepSeconds }: Asked) {
  return { executedQueryString: `Expr: ${expr}\nStep: ${stepSeconds}s` };
}

function timeField(seconds: readonly number[], stepSeconds: number): Field {
  return {
    name: 'Time',
    type: FieldType.time,
    config: { interval: stepSeconds * 1000 },
    values: seconds.map((at) => at * 1000),
  };
}

function samplesOf({ values, value }: ApiSeries): Array<[number, string]> {
  return values ?? (value === undefined ? [] : [value]);
}

/** `+Inf` and `-Inf` are written in Go's way. */
function numberOf(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
