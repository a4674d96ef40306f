import { type DataFrame, FieldType, type Labels } from '@grafana/data';
import { metricOf } from './metric-name';
import { readSamples, timeFieldOf } from './samples';
import { type Series } from './series';

/** Reads a frame of one time column and any number of value columns, each a series of its own (multi and wide). */
export function readSeriesFrame(frame: DataFrame, atMs: number): Series[] {
  const times = timeFieldOf(frame.fields);
  return frame.fields
    .filter((field) => field.type === FieldType.number && field !== times)
    .flatMap((field) => {
      const metric = metricOf(field, frame);
      if (metric === undefined) {
        return [];
      }
      const samples = readSamples(field.values, times?.values, atMs);
      return [{ metric, labels: withoutName(field.labels ?? {}), ...samples, field, frame }];
    });
}

/** Prometheus knows no difference between an empty label and none. */
export function withoutName(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name, value]) => name !== '__name__' && value !== ''));
}
