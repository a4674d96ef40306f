import type { Timing } from '@evenkeel/signals';
import type { Deployment } from './deployment.ts';

/** The deployment of docker-compose.yml: service names as hosts, secrets in a shared volume. */
export function composeDeployment(timing: Timing): Deployment {
  const secret = (name: string) => `/run/evenkeel/${name}`;
  return {
    timing,
    addresses: {
      warehouse: 'warehouse:8005',
      exporter: 'exporter:9850',
      agent: 'agent:9851',
      prometheus: 'prometheus:9090',
      alertmanager: 'alertmanager:9093',
    },
    listen: { exporter: '0.0.0.0:9850', agent: '0.0.0.0:9851' },
    files: {
      prometheusRules: '/etc/prometheus/rules/demo.yml',
      agentRules: '/etc/evenkeel/rules/*.yml',
      journal: '/var/lib/evenkeel/journal.sqlite',
      exporterState: '/var/lib/evenkeel/exporter',
      databaseUrl: secret('database-url'),
      warehouseAdminToken: secret('warehouse-admin-token'),
      agentIngestToken: secret('agent-ingest-token'),
      agentOperatorToken: secret('agent-operator-token'),
      agentKillSwitch: '/var/lib/evenkeel/kill-switch',
    },
  };
}
