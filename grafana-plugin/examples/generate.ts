import { readFileSync, writeFileSync } from 'node:fs';

interface ApiSeries {
  metric: Record<string, string>;
  values: Array<[number, string]>;
}

const NAME = '__name__';
/** These say the same at every time. */
const CONSTANT = /:(weight|critical|anchor|domain_weight|info|threshold)$/;
const EVERY = 2;

/** `node examples/generate.ts`: the recording in testdata as a CSV file, and as a dashboard that needs no Prometheus. */
function main(): void {
  const { data } = JSON.parse(readFileSync(path('../testdata/range.json'), 'utf8')) as {
    data: { result: ApiSeries[] };
  };
  const csv = csvOf(data.result);
  const times = data.result.flatMap(({ values }) => values.map(([at]) => at));
  writeFileSync(path('operations.csv'), csv);
  const dashboard = dashboardOf(csv, { from: isoOf(Math.min(...times)), to: isoOf(Math.max(...times)) });
  writeFileSync(path('operations-dashboard.json'), `${JSON.stringify(dashboard, null, 2)}\n`);
}

function csvOf(result: readonly ApiSeries[]): string {
  const labels = [...new Set(result.flatMap(({ metric }) => Object.keys(metric)))]
    .filter((name) => name !== NAME)
    .sort();
  const rows = result.flatMap(({ metric, values }) =>
    kept(metric, values).map(([at, value]) => [
      isoOf(at),
      metric[NAME],
      ...labels.map((name) => metric[name] ?? ''),
      value,
    ])
  );
  return [['time', NAME, ...labels, 'Value'], ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

function kept({ [NAME]: name = '' }: Record<string, string>, values: ApiSeries['values']): ApiSeries['values'] {
  return CONSTANT.test(name)
    ? values.slice(-1)
    : values.filter((_, index) => (values.length - 1 - index) % EVERY === 0);
}

function dashboardOf(csvContent: string, time: { from: string; to: string }): object {
  return {
    title: 'Operations, from a recording',
    uid: 'evenkeel-operations-example',
    schemaVersion: 42,
    time,
    timezone: 'utc',
    panels: [
      {
        id: 1,
        type: 'evenkeel-operations-panel',
        title: 'Operations',
        description: 'A quarter of an hour of the demo, recorded: a host whose processors are busy.',
        gridPos: { x: 0, y: 0, w: 24, h: 22 },
        datasource: { type: 'grafana-testdata-datasource' },
        targets: [{ refId: 'A', scenarioId: 'csv_content', csvContent }],
        options: {},
        fieldConfig: { defaults: {}, overrides: [] },
      },
    ],
  };
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000', '');
}

function path(name: string): URL {
  return new URL(name, import.meta.url);
}

main();
