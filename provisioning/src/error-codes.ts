/** The codes of what is generated from `signals.yml`, and of the check of it, each with what happened; docs/errors.md says what to do. Codes are stable: add, never rename. */
export const ERROR_CODES = {
  DASHBOARD_UNKNOWN: 'A link leads to a dashboard that is not there.',
  DATASOURCE_FIXED: 'A dashboard names a data source that another Grafana does not have.',
  LABEL_UNKNOWN: 'A query, legend or annotation uses a label that its series do not have.',
  METRIC_UNKNOWN: 'A query uses a metric that nothing gives.',
  PANEL_ID_MISSING: 'A panel has no id.',
  PANEL_ID_TWICE: 'Two panels of a dashboard have the same id.',
  QUERY_SYNTAX: 'A query is not PromQL.',
  RATE_WINDOW_FIXED: 'A dashboard computes a rate over a fixed window.',
  RUNBOOK_MISSING: 'An alert names a page that is not there.',
  SIGNAL_DUPLICATE: 'Two signals have the same name.',
  SIGNAL_LIMITS: 'The thresholds of a signal are in the wrong order.',
  SIGNAL_QUERY: 'A signal has no query, or two.',
  SIGNAL_SCORE: 'A signal cannot be scored as it says.',
  SIGNAL_UNKNOWN: 'A query names a signal that signals.yml does not have.',
  VARIABLE_UNKNOWN: 'A query uses a variable that the dashboard does not have.',
  WATCHER_DUPLICATE: 'Two watchers have the same name.',
} as const;
