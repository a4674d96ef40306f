import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Signal } from '@evenkeel/signals';
import { alertsFired, enhancementsApplied, verdictsGiven } from './annotations.ts';
import type { Board } from './board.ts';
import { domainChoices, domainRows } from './domain-rows.ts';
import { BAD, GOOD, PLAIN, words } from './palette.ts';
import { areas, lines, rows, states } from './panel.ts';

const SERVICE = 'job=~"$job"';
const COUNT = 'http_server_request_duration_seconds_count';
const BUCKET = 'http_server_request_duration_seconds_bucket';

export function apiBoard(signals: readonly Signal[]): Board {
  return {
    uid: 'evenkeel-api',
    title: 'API',
    description: 'The services: their score, its signals, and which routes are busy, slow or failing.',
    choices: domainChoices('api', signals, [{ label: 'job', from: COUNT }]),
    annotations: [alertsFired('api'), enhancementsApplied(), verdictsGiven()],
    rows: [
      ...domainRows('api', signals),
      { title: 'Requests', panels: [requestsByStatus(), durations(), activeRequests()] },
      { title: 'Routes', panels: [routes()] },
      { title: 'Probes from outside', panels: [probeStates(), probePhases()] },
    ],
  };
}

function requestsByStatus(): Builder<Panel> {
  const byClass = (matcher: string) => `sum(rate(${COUNT}{${SERVICE}, ${matcher}}[$__rate_interval]))`;
  return areas({
    title: 'Requests by status',
    description: 'Requests answered in a second, by class of their status. 499: the client went away first.',
    unit: 'reqps',
    width: 9,
    height: 8,
    queries: [
      { expr: byClass('http_response_status_code=~"[123].."'), legend: 'fine (1xx to 3xx)' },
      { expr: byClass('http_response_status_code=~"4.."'), legend: 'refused (4xx)' },
      { expr: byClass('http_response_status_code=~"5.."'), legend: 'failed (5xx)' },
    ],
  })
    .overrideByName('fine (1xx to 3xx)', [fixed('green')])
    .overrideByName('refused (4xx)', [fixed('yellow')])
    .overrideByName('failed (5xx)', [fixed('red')]);
}

function durations(): Builder<Panel> {
  const quantile = (share: number) =>
    `histogram_quantile(${share}, sum by (le) (rate(${BUCKET}{${SERVICE}}[$__rate_interval])))`;
  return lines({
    title: 'Response times',
    description: 'Half, nineteen of twenty, and 99 of a hundred requests are answered within these times.',
    unit: 's',
    width: 9,
    height: 8,
    min: 0,
    queries: [
      { expr: quantile(0.5), legend: 'p50' },
      { expr: quantile(0.95), legend: 'p95' },
      { expr: quantile(0.99), legend: 'p99' },
    ],
  });
}

function activeRequests(): Builder<Panel> {
  return lines({
    title: 'Requests being answered',
    description: 'At the moment of the scrape. It rises when a service gets slow or waits for something.',
    unit: 'short',
    width: 6,
    height: 8,
    min: 0,
    queries: [{ expr: `sum by (job) (http_server_active_requests{${SERVICE}})`, legend: '{{job}}' }],
  });
}

/** One row a route: how busy, how slow, how often failing. */
function routes(): Builder<Panel> {
  const by = 'job, http_request_method, http_route';
  const rate = (matcher: string) => `sum by (${by}) (rate(${COUNT}{${SERVICE}${matcher}}[$__range]))`;
  return rows({
    title: 'By route',
    description:
      'Over the time range: requests in a second, the time within which nineteen of twenty are answered, and the share that failed (5xx).',
    unit: 'none',
    width: 24,
    height: 9,
    queries: [
      { expr: `${rate('')} > 0` },
      { expr: `histogram_quantile(0.95, sum by (${by}, le) (rate(${BUCKET}{${SERVICE}}[$__range])))` },
      { expr: `${rate(', http_response_status_code=~"5.."')} / ${rate('')}` },
    ],
    columns: {
      job: 'Service',
      http_request_method: 'Method',
      http_route: 'Route',
      'Value #A': 'Requests',
      'Value #B': 'p95',
      'Value #C': 'Failed',
    },
    sortBy: 'Requests',
  })
    .overrideByName('Requests', [{ id: 'unit', value: 'reqps' }, bar('blue')])
    .overrideByName('p95', [{ id: 'unit', value: 's' }])
    .overrideByName('Failed', [{ id: 'unit', value: 'percentunit' }]);
}

function probeStates(): Builder<Panel> {
  return states({
    title: 'Probes',
    description: 'Whether what the exporter asks from outside answered as it should.',
    unit: 'none',
    width: 12,
    height: 6,
    queries: [{ expr: 'min by (probe) (probe_success)', legend: '{{probe}}' }],
    steps: PLAIN,
    mappings: [
      words([
        [0, 'failed', BAD],
        [1, 'fine', GOOD],
      ]),
    ],
    noValue: 'no probes are configured',
  });
}

function probePhases(): Builder<Panel> {
  return areas({
    title: 'Where a probe spends its time',
    description:
      'Name lookup, connecting, TLS, waiting for the answer, reading it; the mean over the probes.',
    unit: 's',
    width: 12,
    height: 6,
    queries: [{ expr: 'avg by (phase) (probe_duration_seconds)', legend: '{{phase}}' }],
    noValue: 'no probes are configured',
  });
}

function fixed(color: string): { id: string; value: object } {
  return { id: 'color', value: { mode: 'fixed', fixedColor: color } };
}

function bar(color: string): { id: string; value: object } {
  return {
    id: 'custom.cellOptions',
    value: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text', color },
  };
}
