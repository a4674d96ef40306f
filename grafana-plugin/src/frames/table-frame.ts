import { type DataFrame, type Field, FieldType, type Labels } from '@grafana/data';
import { isMetric, type Metric } from './contract';
import { metricOf } from './metric-name';
import { readSamples, timeFieldOf } from './samples';
import { type Series, withoutName } from './series';

/** Labels as columns: Prometheus' table format, a long time series, a CSV file. Rows with the same labels are one series. */
export function isTable(frame: DataFrame): boolean {
  const times = timeFieldOf(frame.fields);
  return frame.fields.some((field) => isLabelColumn(field, times));
}

export function readTableFrame(frame: DataFrame, atMs: number): Series[] {
  const times = timeFieldOf(frame.fields);
  const columns = labelColumns(frame);
  return frame.fields
    .filter((field) => field.type === FieldType.number && field !== times)
    .flatMap((field) => readValueColumn({ frame, field, columns, times }, atMs));
}

interface Table {
  frame: DataFrame;
  field: Field;
  columns: readonly Field[];
  times: Field | undefined;
}

function readValueColumn({ frame, field, columns, times }: Table, atMs: number): Series[] {
  const nameOfColumn = metricOf(field, frame);
  const groups = new Map<string, Group>();
  for (let row = 0; row < field.values.length; row++) {
    const name = columns.find(isNameColumn)?.values[row];
    const metric = typeof name === 'string' && isMetric(name) ? name : nameOfColumn;
    if (metric !== undefined) {
      groupFor(groups, metric, { ...field.labels, ...labelsOfRow(columns, row) }).rows.push(row);
    }
  }
  return [...groups.values()].map(({ metric, labels, key, rows }) => {
    const values = rows.map((row) => field.values[row]);
    const samples = readSamples(values, times && rows.map((row) => times.values[row]), atMs);
    return { metric, labels, key, ...samples, rowIndex: rows[samples.rowIndex] ?? -1, field, frame };
  });
}

interface Group {
  metric: Metric;
  labels: Labels;
  key: string;
  rows: number[];
}

function groupFor(groups: Map<string, Group>, metric: Metric, all: Labels): Group {
  const { labels, key } = withoutName(all);
  const name = `${metric}\n${key}`;
  const group = groups.get(name) ?? { metric, labels, key, rows: [] };
  groups.set(name, group);
  return group;
}

function labelsOfRow(columns: readonly Field[], row: number): Labels {
  const labels: Labels = {};
  for (const { name, values } of columns) {
    const value: unknown = values[row];
    if (value !== null && value !== undefined) {
      labels[name] = String(value);
    }
  }
  return labels;
}

function labelColumns({ fields }: DataFrame): Field[] {
  const times = timeFieldOf(fields);
  return fields.filter((field) => isLabelColumn(field, times));
}

function isLabelColumn(field: Field, times: Field | undefined): boolean {
  return field.type === FieldType.string && field !== times;
}

function isNameColumn({ name }: Field): boolean {
  return name === '__name__';
}
