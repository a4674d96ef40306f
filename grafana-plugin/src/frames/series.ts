import { type DataFrame, type Field, type Labels } from '@grafana/data';
import { type Metric } from './contract';

/** One Prometheus series, whatever the frame that carried it. A sample that is no finite number is null: a gap. */
export interface Series {
  metric: Metric;
  /** Without `__name__`; an empty label is the same as none. */
  labels: Labels;
  /** `labelsKey` of its labels. */
  key: string;
  /** Ascending. */
  timesMs: readonly number[];
  values: ReadonlyArray<number | null>;
  /** Where it came from: Grafana has put unit, thresholds, mappings and links on it. */
  field: Field;
  frame: DataFrame;
  /** The row of its newest sample in `field`, for data links. */
  rowIndex: number;
}

export interface Sample {
  timeMs: number;
  value: number;
}

/** The newest sample that is a number. */
export function lastSample({ timesMs, values }: Pick<Series, 'timesMs' | 'values'>): Sample | undefined {
  for (let index = values.length - 1; index >= 0; index--) {
    const value = values[index];
    if (value !== null && value !== undefined) {
      return { timeMs: timesMs[index]!, value };
    }
  }
  return undefined;
}

export function firstSample({ timesMs, values }: Pick<Series, 'timesMs' | 'values'>): Sample | undefined {
  const index = values.findIndex((value) => value !== null);
  return index === -1 ? undefined : { timeMs: timesMs[index]!, value: values[index]! };
}

/** The same text for the same labels, in whatever order. */
export function labelsKey(labels: Labels): string {
  let key = '';
  for (const name of Object.keys(labels).sort()) {
    key += part(name, labels[name]!);
  }
  return key;
}

/** Prometheus knows no difference between an empty label and none. Labels come sorted; where they do not, they are. */
export function withoutName(all: Labels = {}): Pick<Series, 'labels' | 'key'> {
  const labels: Labels = {};
  let key = '';
  let before = '';
  let isSorted = true;
  for (const name in all) {
    const value = all[name]!;
    if (name !== '__name__' && value !== '') {
      labels[name] = value;
      key += part(name, value);
      isSorted &&= before < name;
      before = name;
    }
  }
  return { labels, key: isSorted ? key : labelsKey(labels) };
}

function part(name: string, value: string): string {
  return `${name}=${value}\n`;
}
