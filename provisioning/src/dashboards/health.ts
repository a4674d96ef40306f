import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { alertsFired } from './annotations.ts';
import type { Board } from './board.ts';
import { BAD, GOOD, MUTED, NONE_IS_GOOD, WARN, words, YES_IS_GOOD } from './palette.ts';
import { areas, bars, columns, countOf, lines, states } from './panel.ts';

const TARGET = 'job=~"$job", instance=~"$instance"';
const YES_NO = words([
  [0, 'no', BAD],
  [1, 'yes', GOOD],
]);

/** Who watches the watchers: exporter, agent, Prometheus and Alertmanager themselves. */
export function healthBoard(): Board {
  return {
    uid: 'evenkeel-health',
    title: 'Agent and exporter health',
    description:
      'The watchers themselves: scrapes, collectors, the cycle of the agent, rules and notifications.',
    choices: [
      { label: 'job', from: 'up' },
      { label: 'instance', from: 'up{job=~"$job"}' },
    ],
    annotations: [alertsFired('agent')],
    rows: [
      {
        title: 'Is everything there?',
        panels: [scrapes(), databases(), reloads(), missedCycles(), seriesDropped()],
      },
      { title: 'Exporter', panels: [collectors(), collectorDurations(), dataAge()] },
      { title: 'Rule agent', panels: [cycles(), cycleDurations(), lag(), facts(), journal()] },
      { title: 'Prometheus and Alertmanager', panels: [ruleEvaluation(), ruleFailures(), notifications()] },
      { title: 'Processes', panels: [processCpu(), processMemory(), garbageCollection()] },
    ],
  };
}

function scrapes(): Builder<Panel> {
  return states({
    title: 'Scrapes',
    description: 'Whether Prometheus could read each target.',
    unit: 'none',
    width: 12,
    height: 8,
    queries: [{ expr: `min by (job, instance) (up{${TARGET}})`, legend: '{{job}} {{instance}}' }],
    mappings: [
      words([
        [0, 'down', BAD],
        [1, 'up', GOOD],
      ]),
    ],
  });
}

function databases(): Builder<Panel> {
  return countOf({
    title: 'Databases',
    description: 'Whether the exporter reached each database at its last attempt.',
    unit: 'none',
    width: 4,
    height: 4,
    queries: [{ expr: 'min by (database) (evenkeel_exporter_database_up)', legend: '{{database}} answers' }],
    steps: YES_IS_GOOD,
    mappings: [YES_NO],
    noValue: 'none is configured',
  });
}

function reloads(): Builder<Panel> {
  return countOf({
    title: 'Rules as on disk',
    description: 'No when the last reload found mistakes: the rules from before are in force.',
    unit: 'none',
    width: 4,
    height: 4,
    queries: [{ expr: 'min(evenkeel_agent_rules_last_reload_successful)' }],
    steps: YES_IS_GOOD,
    mappings: [YES_NO],
    noValue: 'no agent',
  });
}

function missedCycles(): Builder<Panel> {
  return countOf({
    title: 'Turns left out',
    description: 'Turns of the agent in the time range that were left out because a cycle took too long.',
    unit: 'none',
    width: 4,
    height: 4,
    decimals: 0,
    queries: [{ expr: 'sum(increase(evenkeel_agent_cycles_missed_total[$__range]))' }],
    steps: NONE_IS_GOOD,
    noValue: 'no agent',
  });
}

function seriesDropped(): Builder<Panel> {
  return countOf({
    title: 'Series dropped',
    description: 'Series of the last scrape that were over the limit of their family, by family.',
    unit: 'none',
    width: 12,
    height: 4,
    queries: [{ expr: 'sum by (family) (evenkeel_exporter_series_dropped_total) > 0', legend: '{{family}}' }],
    steps: NONE_IS_GOOD,
    noValue: 'none',
  });
}

function collectors(): Builder<Panel> {
  return states({
    title: 'Collectors',
    description: 'Whether a collector gave all that it should; the log of the exporter says why not.',
    unit: 'none',
    width: 12,
    height: 9,
    queries: [
      {
        expr: `min by (collector) (evenkeel_exporter_collector_success{${TARGET}})`,
        legend: '{{collector}}',
      },
    ],
    mappings: [
      words([
        [0, 'failed', BAD],
        [1, 'fine', GOOD],
      ]),
    ],
  });
}

function collectorDurations(): Builder<Panel> {
  return lines({
    title: 'Time that collectors take',
    description: 'In each scrape. What takes longer than the scrape may last is missing from that page.',
    unit: 's',
    width: 6,
    height: 9,
    min: 0,
    queries: [
      {
        expr: `topk(5, max by (collector) (evenkeel_exporter_collector_duration_seconds{${TARGET}}))`,
        legend: '{{collector}}',
      },
    ],
  });
}

function dataAge(): Builder<Panel> {
  return lines({
    title: 'Age of what they gave',
    description: 'Above 0 where figures are kept between scrapes (min_interval).',
    unit: 's',
    width: 6,
    height: 9,
    min: 0,
    queries: [
      {
        expr: `topk(5, max by (collector) (evenkeel_exporter_collector_data_age_seconds{${TARGET}}))`,
        legend: '{{collector}}',
      },
    ],
  });
}

function cycles(): Builder<Panel> {
  return columns({
    title: 'Cycles',
    description:
      'Cycles of the agent by how they ended, in each interval of the graph. No ok for a minute: the agent is blind.',
    unit: 'short',
    width: 6,
    height: 8,
    queries: [
      {
        expr: 'sum by (outcome) (increase(evenkeel_agent_cycles_total[$__rate_interval]))',
        legend: '{{outcome}}',
      },
    ],
  });
}

function cycleDurations(): Builder<Panel> {
  const quantile = (share: number) =>
    `histogram_quantile(${share}, sum by (le) (rate(evenkeel_agent_cycle_duration_seconds_bucket[$__rate_interval])))`;
  return lines({
    title: 'Duration of a cycle',
    description:
      'From the first read to the last verdict. It should be well below the interval of the agent.',
    unit: 's',
    width: 6,
    height: 8,
    min: 0,
    queries: [
      { expr: quantile(0.5), legend: 'p50' },
      { expr: quantile(0.99), legend: 'p99' },
    ],
  });
}

function lag(): Builder<Panel> {
  return lines({
    title: 'Age of the newest signal',
    description: 'When the agent read it: how far behind the world its decisions are.',
    unit: 's',
    width: 4,
    height: 8,
    min: 0,
    queries: [{ expr: 'max by (instance) (evenkeel_agent_evaluation_lag_seconds)', legend: '{{instance}}' }],
  });
}

function facts(): Builder<Panel> {
  return areas({
    title: 'Facts by status',
    description:
      'What the agent knew in its last cycle. A rule that needs a fact that is not ok does not act.',
    unit: 'short',
    width: 4,
    height: 8,
    queries: [{ expr: 'sum by (status) (evenkeel_agent_facts)', legend: '{{status}}' }],
  })
    .overrideByName('ok', [fixed(GOOD)])
    .overrideByName('missing', [fixed(MUTED)])
    .overrideByName('stale', [fixed(WARN)])
    .overrideByName('error', [fixed(BAD)]);
}

function journal(): Builder<Panel> {
  return lines({
    title: 'Journal',
    description:
      'Rows written in a second, and writes that failed: while the journal cannot be written the agent does not act.',
    unit: 'wps',
    width: 4,
    height: 8,
    min: 0,
    queries: [
      {
        expr: 'sum by (outcome) (rate(evenkeel_agent_journal_writes_total[$__rate_interval]))',
        legend: '{{outcome}}',
      },
    ],
  });
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

function processCpu(): Builder<Panel> {
  return lines({
    title: 'Processor time of each process',
    description: 'In processors: 1 is all of one.',
    unit: 'short',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `sum by (job, instance) (rate(process_cpu_seconds_total{${TARGET}}[$__rate_interval]))`,
        legend: '{{job}} {{instance}}',
      },
    ],
  });
}

function processMemory(): Builder<Panel> {
  return lines({
    title: 'Memory of each process',
    description: 'What is in physical memory. One that only rises leaks.',
    unit: 'bytes',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `max by (job, instance) (process_resident_memory_bytes{${TARGET}})`,
        legend: '{{job}} {{instance}}',
      },
    ],
  });
}

function garbageCollection(): Builder<Panel> {
  return lines({
    title: 'Time for garbage collection',
    description: 'Share of the time in which a Node process collects garbage instead of working.',
    unit: 'percentunit',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `sum by (job, instance) (rate(nodejs_gc_duration_seconds_sum{${TARGET}}[$__rate_interval]))`,
        legend: '{{job}} {{instance}}',
      },
    ],
  });
}

function fixed(color: string): { id: string; value: object } {
  return { id: 'color', value: { mode: 'fixed', fixedColor: color } };
}
