import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Row } from '../board.ts';
import { BAD, GOOD, MUTED, WARN } from '../palette.ts';
import { areas, columns, lines } from '../panel.ts';

/** Whether the agent keeps its turns, what it knows, and whether it can write it down. */
export function agentRow(): Row {
  return { title: 'Rule agent', panels: [cycles(), cycleDurations(), lag(), facts(), journal()] };
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

function fixed(color: string): { id: string; value: object } {
  return { id: 'color', value: { mode: 'fixed', fixedColor: color } };
}
