import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Row } from '../board.ts';
import { BAD, GOOD, NONE_IS_GOOD, words, YES_IS_GOOD } from '../palette.ts';
import { countOf, states } from '../panel.ts';
import { TARGET } from './target.ts';

const YES_NO = words([
  [0, 'no', BAD],
  [1, 'yes', GOOD],
]);

/** What must be there for anything else to mean something. */
export function presenceRow(): Row {
  return {
    title: 'Is everything there?',
    panels: [scrapes(), databases(), reloads(), missedCycles(), seriesDropped()],
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
