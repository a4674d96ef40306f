import { type DataFrame, FieldType } from '@grafana/data';
import { metricOf } from './metric-name';
import { readSamples, timeFieldOf } from './samples';
import { type Series, withoutName } from './series';

/** Reads a frame of one time column and any number of value columns, each a series of its own (multi and wide). */
export function readSeriesFrame(frame: DataFrame, atMs: number): Series[] {
  const times = timeFieldOf(frame.fields);
  const found: Series[] = [];
  for (const field of frame.fields) {
    const isOfValues = field.type === FieldType.number && field !== times;
    const metric = isOfValues ? metricOf(field, frame) : undefined;
    if (metric !== undefined) {
      const { timesMs, values, rowIndex } = readSamples(field.values, times?.values, atMs);
      const { labels, key } = withoutName(field.labels);
      found.push({ metric, labels, key, timesMs, values, rowIndex, field, frame });
    }
  }
  return found;
}
