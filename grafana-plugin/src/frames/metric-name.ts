import { type DataFrame, type Field } from '@grafana/data';
import { isMetric, type Metric, metricsIn } from './contract';

/**
 * Which of our metrics a field holds. A display name that somebody set counts first, so that one's own queries can be
 * given the meaning of ours; then the label `__name__`, the name and the legend; last, the query, if it names only one.
 */
export function metricOf(field: Field, frame: DataFrame): Metric | undefined {
  const { displayName, displayNameFromDS } = field.config;
  const label = field.labels?.__name__;
  return (
    named(displayName) ??
    (label !== undefined && isMetric(label) ? label : undefined) ??
    named(field.name) ??
    named(displayNameFromDS) ??
    named(frame.name) ??
    onlyOne(frame.meta?.executedQueryString)
  );
}

/** A name as it stands, or the one before the braces of `evenkeel:score:domain{domain="api"}`. */
function named(text: string | undefined): Metric | undefined {
  const name = text?.split('{', 1)[0]?.trim();
  return name !== undefined && isMetric(name) ? name : undefined;
}

function onlyOne(query: string | undefined): Metric | undefined {
  const metrics = query === undefined ? [] : metricsIn(query);
  return metrics.length === 1 ? metrics[0] : undefined;
}
