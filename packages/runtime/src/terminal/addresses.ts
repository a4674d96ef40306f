import { renderError } from '@evenkeel/toolkit';
import type { Ports } from '../stack/ports.ts';
import type { RunDirectory } from '../stack/run-directory.ts';
import { renderTable } from './table.ts';

interface Addressed {
  ports: Ports;
  run: RunDirectory;
  /** Whether one was found and started. */
  grafana: boolean;
  /** Whether its page is served, or being built. */
  preview: boolean;
}

/** What is where, and what to do next. */
export function renderAddresses({ ports, run, grafana, preview }: Addressed): string {
  const at = (port: number, path = '') => `http://127.0.0.1:${port}${path}`;
  const table = renderTable([
    ['Warehouse API', at(ports.warehouse), 'the demo: catalogue, stock, orders; its knobs and faults'],
    ['Exporter', at(ports.exporter, '/metrics'), 'host, inventory and API figures'],
    ['Prometheus', at(ports.prometheus), 'signals and alerts'],
    ['Alertmanager', at(ports.alertmanager, '/api/v2/alerts'), 'what is firing'],
    ...(grafana ? [['Grafana', at(ports.grafana), 'dashboards, in the folder Evenkeel']] : []),
    ...(preview
      ? [['Preview', at(ports.preview), 'the panel without Grafana; it is built the first time']]
      : []),
    ['Rule agent', at(ports.agent), 'rules, facts, decisions, episodes'],
    [
      'PostgreSQL',
      `127.0.0.1:${ports.postgres}`,
      `database warehouse, URL in ${run.file('secrets/database-url')}`,
    ],
  ]);
  return `
${table}

  Break something and watch the agent:  npm start -- --episode slow-api
  Logs, configs and tokens of this run: ${run.path}
  Ctrl-C ends all of it.
`;
}

/** Why the panel is not to be seen, and that the system does not need it. */
export function renderWithoutPreview(error: unknown): string {
  return `
  The preview of the panel is not there; everything else runs without it. npm start tries it again.

${indented(renderError(error))}
`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}
