import type { Deployment } from './deployment.ts';

/** exporter.yml of the demo: the host, the warehouse's database, a probe of its API. */
export function exporterConfig({ addresses, listen, files }: Deployment): object {
  return {
    web: { listen: [listen.exporter] },
    state: { path: files.exporterState },
    databases: { warehouse: { url_file: files.databaseUrl, profile: 'demo' } },
    probes: [{ name: 'warehouse', url: `http://${addresses.warehouse}/-/healthy`, timeout: '2s' }],
  };
}

/** agent.yml of the demo: its Prometheus, the rules, and the one system whose knobs it may turn. */
export function agentConfig({ addresses, listen, files, timing }: Deployment): object {
  return {
    prometheus: { url: `http://${addresses.prometheus}`, timeout: '2s', max_age: '15s' },
    interval: timing.interval,
    rules: [files.agentRules],
    journal: { path: files.journal },
    kill_switch_file: files.agentKillSwitch,
    systems: {
      warehouse: {
        knobs: `http://${addresses.warehouse}/api/v1/admin/knobs`,
        token_file: files.warehouseAdminToken,
        // In a network of containers its name leads to one of these.
        networks: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
      },
    },
    api: {
      listen: listen.agent,
      tokens: [
        { name: 'alertmanager', role: 'ingest', token_file: files.agentIngestToken },
        { name: 'operator', role: 'operator', token_file: files.agentOperatorToken },
      ],
    },
  };
}
