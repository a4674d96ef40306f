import { describe, expect, it } from '@jest/globals';
import type { ConfigDocument } from '@evenkeel/toolkit';
import type { JsonFile } from './placed-file.ts';
import { lint } from './lint.ts';
import { type Project, readProject } from './project.ts';

const shipped = readProject();

/** Writes `to` for the first `from`; fails where there is none, so that a test cannot pass for want of a mistake. */
function changed<F extends ConfigDocument | JsonFile>(
  { file, text, constructor }: F,
  from: string,
  to: string,
): F {
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return new (constructor as new (file: string, text: string) => F)(
    file,
    text.replace(from, () => to),
  );
}

interface Mistake {
  in: 'signals' | 'rules' | 'agentRules' | `evenkeel-${string}`;
  from: string;
  to: string;
}

function withMistake({ in: where, from, to }: Mistake): Project {
  if (where === 'signals' || where === 'rules')
    return { ...shipped, [where]: changed(shipped[where], from, to) };
  if (where === 'agentRules')
    return { ...shipped, agentRules: shipped.agentRules.map((file) => changed(file, from, to)) };
  return {
    ...shipped,
    dashboards: shipped.dashboards.map((file) =>
      file.file.includes(where) ? changed(file, from, to) : file,
    ),
  };
}

describe('lint', () => {
  it('finds nothing in what ships', () => expect(lint(shipped)).toEqual([]));

  it.each<[code: string, mistake: Mistake]>([
    ['QUERY_SYNTAX', { in: 'evenkeel-api', from: 'sum by (job) (http', to: 'sum by (job) ((http' }],
    [
      'QUERY_SYNTAX',
      {
        in: 'rules',
        from: 'avg_over_time(evenkeel:signal:value[',
        to: 'avg_over_time((evenkeel:signal:value[',
      },
    ],
    ['METRIC_UNKNOWN', { in: 'evenkeel-system', from: 'system_cpu_load_average_1m', to: 'system_cpu_load1' }],
    [
      'METRIC_UNKNOWN',
      {
        in: 'rules',
        from: 'avg_over_time(evenkeel:signal:value[',
        to: 'avg_over_time(evenkeel:signal:values[',
      },
    ],
    [
      'METRIC_UNKNOWN',
      { in: 'signals', from: 'system_memory_limit_bytes', to: 'node_memory_MemTotal_bytes' },
    ],
    [
      'METRIC_UNKNOWN',
      { in: 'agentRules', from: 'cpu: { signal: cpu_utilization }', to: 'cpu: { promql: node_load1 }' },
    ],
    [
      'METRIC_UNKNOWN',
      { in: 'evenkeel-inventory', from: 'label_values(inventory_skus,', to: 'label_values(inventory_items,' },
    ],
    [
      'LABEL_UNKNOWN',
      {
        in: 'evenkeel-inventory',
        from: 'inventory_orders_placed_total{site',
        to: 'inventory_orders_placed_total{warehouse',
      },
    ],
    [
      'LABEL_UNKNOWN',
      {
        in: 'evenkeel-health',
        from: 'sum by (status) (evenkeel_agent_facts)',
        to: 'sum by (state) (evenkeel_agent_facts)',
      },
    ],
    [
      'LABEL_UNKNOWN',
      { in: 'evenkeel-api', from: '"legendFormat": "{{probe}}"', to: '"legendFormat": "{{target}}"' },
    ],
    ['LABEL_UNKNOWN', { in: 'signals', from: 'by: [instance]', to: 'by: [host]' }],
    ['LABEL_UNKNOWN', { in: 'rules', from: '{{ $labels.instance }}', to: '{{ $labels.host }}' }],
    ['SIGNAL_UNKNOWN', { in: 'agentRules', from: 'signal: api_error_ratio', to: 'signal: api_failures' }],
    [
      'VARIABLE_UNKNOWN',
      {
        in: 'evenkeel-api',
        from: 'http_server_active_requests{job=~\\"$job\\"}',
        to: 'http_server_active_requests{job=~\\"$service\\"}',
      },
    ],
    ['RATE_WINDOW_FIXED', { in: 'evenkeel-inventory', from: '[$__rate_interval]', to: '[5m]' }],
    [
      'PANEL_DESCRIPTION_MISSING',
      {
        in: 'evenkeel-health',
        from: '"description": "Whether Prometheus could read each target."',
        to: '"description": ""',
      },
    ],
    ['PANEL_UNIT_MISSING', { in: 'evenkeel-health', from: '"unit": "wps"', to: '"unit": ""' }],
    [
      'DATASOURCE_FIXED',
      { in: 'evenkeel-operations', from: '"uid": "${datasource}"', to: '"uid": "evenkeel-prometheus"' },
    ],
    [
      'DASHBOARD_UNKNOWN',
      { in: 'evenkeel-operations', from: '/d/evenkeel-inventory?', to: '/d/evenkeel-stock?' },
    ],
  ])('finds %s', (code, mistake) => {
    expect(lint(withMistake(mistake)).map((finding) => finding.code)).toContain(code);
  });

  it('finds a panel without a number, and a number that stands twice', () => {
    const [first = '', second = ''] = shipped.dashboards[0]!.text.match(/"id": \d+/g)!.map(String);
    expect(lint(withMistake({ in: 'evenkeel-api', from: `${first},`, to: '' }))).toMatchObject([
      { code: 'PANEL_ID_MISSING' },
    ]);
    expect(lint(withMistake({ in: 'evenkeel-api', from: second, to: first }))).toMatchObject([
      { code: 'PANEL_ID_TWICE', line: expect.any(Number) },
    ]);
  });

  it('finds links of an alert that lead nowhere', () => {
    const project = withMistake({ in: 'rules', from: '/d/evenkeel-system', to: '/d/evenkeel-stock' });
    const exists = (path: string) => !path.endsWith('EvenkeelCpuUtilizationHigh.md');
    const findings = lint({ ...project, exists }).map(({ code, message }) => `${code}: ${message}`);
    expect(new Set(findings)).toEqual(
      new Set([
        'DASHBOARD_UNKNOWN: there is no dashboard evenkeel-stock',
        'RUNBOOK_MISSING: docs/alerts/EvenkeelCpuUtilizationHigh.md of EvenkeelCpuUtilizationHigh is not there',
      ]),
    );
  });

  it('points at the word, also in a query of several lines', () => {
    const project = withMistake({
      in: 'signals',
      from: 'max by (instance) (system_memory_limit_bytes)',
      to: 'max by (instance) (memory_limit)',
    });
    const [finding] = lint(project);
    const line = project.signals.text.split('\n')[finding!.line - 1]!;
    expect(line.slice(finding!.column - 1, finding!.column - 1 + finding!.length!)).toBe('memory_limit');
  });
});
