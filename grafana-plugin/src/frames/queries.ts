import { type DataFrame, type Field, FieldType } from '@grafana/data';

/**
 * Grafana's Prometheus data source tells only the first frame of a query which query it answers. The others are told too, if
 * they have fields that the label `__name__` does not name.
 */
export function withQueries(frames: readonly DataFrame[]): DataFrame[] {
  const queries = new Map<string, string>();
  return frames.map((frame) => {
    const { refId, meta } = frame;
    const executedQueryString = meta?.executedQueryString ?? (refId === undefined ? undefined : queries.get(refId));
    if (refId === undefined || executedQueryString === undefined) {
      return frame;
    }
    queries.set(refId, executedQueryString);
    const isTold = meta?.executedQueryString !== undefined || !frame.fields.some(isNameless);
    return isTold ? frame : { ...frame, meta: { ...meta, executedQueryString } };
  });
}

function isNameless({ type, labels }: Field): boolean {
  return type === FieldType.number && labels?.__name__ === undefined;
}
