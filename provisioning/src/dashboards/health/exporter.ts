import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Row } from '../board.ts';
import { BAD, GOOD, words } from '../palette.ts';
import { lines, states } from '../panel.ts';
import { TARGET } from './target.ts';

/** Which collectors gave what they should, how fast, and how old it was. */
export function exporterRow(): Row {
  return { title: 'Exporter', panels: [collectors(), collectorDurations(), dataAge()] };
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
