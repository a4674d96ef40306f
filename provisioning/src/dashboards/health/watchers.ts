import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Row } from '../board.ts';
import { bars, lines } from '../panel.ts';

/** Whether rules are evaluated and notifications arrive. */
export function watchersRow(): Row {
  return {
    title: 'Prometheus and Alertmanager',
    panels: [ruleEvaluation(), ruleFailures(), notifications()],
  };
}

function ruleEvaluation(): Builder<Panel> {
  return bars({
    title: 'Evaluation of our rules',
    description:
      'How long Prometheus took for each group at its last evaluation; it must be well below the interval.',
    unit: 's',
    width: 8,
    height: 8,
    queries: [
      {
        expr: 'sort_desc(label_replace(prometheus_rule_group_last_duration_seconds{rule_group=~".*;evenkeel-.*"}, "group", "$1", "rule_group", ".*;(.*)"))',
        legend: '{{group}}',
      },
    ],
  });
}

function ruleFailures(): Builder<Panel> {
  return lines({
    title: 'Evaluations that failed or were left out',
    description: 'In a second; both should be 0. After one, signals and scores have gaps.',
    unit: 'ops',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      {
        expr: 'sum(rate(prometheus_rule_evaluation_failures_total{rule_group=~".*;evenkeel-.*"}[$__rate_interval]))',
        legend: 'failed',
      },
      {
        expr: 'sum(rate(prometheus_rule_group_iterations_missed_total{rule_group=~".*;evenkeel-.*"}[$__rate_interval]))',
        legend: 'left out',
      },
    ],
  });
}

function notifications(): Builder<Panel> {
  return lines({
    title: 'Notifications',
    description: 'What Alertmanager sent in a second, and what did not arrive, by kind of receiver.',
    unit: 'ops',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      {
        expr: 'sum by (integration) (rate(alertmanager_notifications_total[$__rate_interval])) > 0',
        legend: '{{integration}} sent',
      },
      {
        expr: 'sum by (integration) (rate(alertmanager_notifications_failed_total[$__rate_interval])) > 0',
        legend: '{{integration}} failed',
      },
    ],
    noValue: 'none were sent',
  });
}
