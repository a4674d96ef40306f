import { type DataFrame, type Field, FieldType } from '@grafana/data';
import { METRIC, type Metric, metricsIn } from './contract';

/**
 * Grafana's Prometheus data source tells only the first frame of a query which query it answers. The others are told too, frame
 * by frame as they come, if they have fields that the label `__name__` does not name.
 */
export function tellQueries(): (frame: DataFrame) => DataFrame {
  const queries = new Map<string, string>();
  return (frame) => {
    const { refId, meta } = frame;
    if (refId === undefined) {
      return frame;
    }
    if (meta?.executedQueryString !== undefined) {
      queries.set(refId, meta.executedQueryString);
      return frame;
    }
    const executedQueryString = queries.get(refId);
    const isToBeTold = executedQueryString !== undefined && frame.fields.some(isNameless);
    return isToBeTold ? { ...frame, meta: { ...meta, executedQueryString } } : frame;
  };
}

function isNameless({ type, labels }: Field): boolean {
  return type === FieldType.number && labels?.__name__ === undefined;
}

/** The metrics that a query asks for, by name or by a pattern of names. */
export function metricsAskedBy(query: string): Metric[] {
  return [...metricsIn(query), ...[...query.matchAll(NAMES_LIKE)].flatMap(([, , pattern]) => metricsLike(pattern!))];
}

const NAMES_LIKE = /__name__\s*=~\s*(["'`])((?:\\.|(?!\1).)*)\1/g;

/** None for a pattern that only Prometheus can read. */
function metricsLike(pattern: string): Metric[] {
  try {
    const whole = new RegExp(`^(?:${pattern})$`);
    return Object.values(METRIC).filter((metric) => whole.test(metric));
  } catch {
    return [];
  }
}
