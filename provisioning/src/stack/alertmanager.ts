import type { Deployment } from './deployment.ts';

/** alertmanager.yml: every alert goes to the agent's webhook, grouped by what is sick. */
export function alertmanagerConfig({ addresses, files, timing }: Deployment): object {
  return {
    route: {
      receiver: 'evenkeel-agent',
      group_by: ['alertname', 'job', 'instance', 'site'],
      group_wait: timing.interval,
      group_interval: timing.for,
      repeat_interval: '4h',
    },
    inhibit_rules: [
      {
        source_matchers: ['severity="critical"'],
        target_matchers: ['severity="warning"'],
        equal: ['alertname', 'job', 'instance', 'site'],
      },
    ],
    receivers: [
      {
        name: 'evenkeel-agent',
        webhook_configs: [
          {
            url: `http://${addresses.agent}/api/v1/alerts`,
            send_resolved: true,
            http_config: { authorization: { credentials_file: files.agentIngestToken } },
          },
        ],
      },
    ],
  };
}
