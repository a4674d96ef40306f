import { type InterpolateFunction, type Labels, textUtil } from '@grafana/data';
import { type Alert } from '../../model/alerts';
import { type OperationsOptions } from '../../options/options';

export interface AlertLinks {
  runbook: string | undefined;
  dashboard: string | undefined;
}

/** The labels `runbook_url` and `dashboard_url`, else the panel's options with the alert's labels filled in. */
export function linksOf(
  { labels }: Alert,
  options: OperationsOptions,
  replaceVariables: InterpolateFunction
): AlertLinks {
  const link = (label: string, template: string) => {
    const url =
      labels[label] ?? (template === '' ? '' : replaceVariables(template, scoped(labels), encodeURIComponent));
    return url === '' ? undefined : textUtil.sanitizeUrl(url);
  };
  return {
    runbook: link('runbook_url', options.runbookUrl),
    dashboard: link('dashboard_url', options.dashboardUrl),
  };
}

function scoped(labels: Labels) {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, { text: value, value }]));
}
