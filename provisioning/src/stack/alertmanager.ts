import type { Timing } from '@evenkeel/signals';
import type { Deployment } from './deployment.ts';
import { INHIBITIONS, TARGET_LABELS } from './inhibitions.ts';

/** Who is told; a receiver without integrations is a name to fill. */
const AGENT = 'evenkeel-agent';
const ON_CALL = 'on-call';
const PLATFORM = 'platform';
const OPERATIONS = 'operations';
const DIGEST = 'digest';

const EXAMPLE_SECRETS = '/etc/alertmanager/secrets';

/** alertmanager.yml of the demo: the agent hears of signals, people look at Alertmanager's own page. */
export function alertmanagerConfig({ addresses, files, timing }: Deployment): object {
  return {
    route: route(timing),
    inhibit_rules: INHIBITIONS,
    receivers: [
      agentReceiver(addresses.agent, files.agentIngestToken),
      ...[ON_CALL, PLATFORM, OPERATIONS, DIGEST].map((name) => ({ name })),
    ],
  };
}

/** An alertmanager.yml to copy: the same routes, with mail, Slack and PagerDuty, and every secret in a file. */
export function alertmanagerExample(timing: Timing): object {
  return {
    global: {
      smtp_smarthost: 'mail.example.com:587',
      smtp_from: 'evenkeel@example.com',
      smtp_auth_username: 'evenkeel',
      smtp_auth_password_file: `${EXAMPLE_SECRETS}/smtp-password`,
      slack_api_url_file: `${EXAMPLE_SECRETS}/slack-url`,
    },
    route: route(timing),
    inhibit_rules: INHIBITIONS,
    receivers: [
      agentReceiver('127.0.0.1:9851', `${EXAMPLE_SECRETS}/agent-ingest-token`),
      { name: ON_CALL, pagerduty_configs: [pagerDuty()] },
      { name: PLATFORM, slack_configs: [slack('#platform')] },
      { name: OPERATIONS, email_configs: [{ to: 'operations@example.com', send_resolved: true }] },
      { name: DIGEST, email_configs: [{ to: 'operations@example.com', send_resolved: false }] },
    ],
  };
}

/**
 * The agent hears of every signal beyond a threshold that warns or pages. Besides, critical alerts page whoever is on call,
 * information is collected, warnings go to those whose domain it is.
 */
function route({ interval, for: forTime, keepFiringFor }: Timing): object {
  return {
    receiver: PLATFORM,
    group_by: ['alertname', 'domain', ...TARGET_LABELS],
    group_wait: interval,
    group_interval: forTime,
    repeat_interval: '4h',
    routes: [
      {
        receiver: AGENT,
        matchers: ['severity=~"warning|critical"', 'signal!=""', 'signal!="score"'],
        continue: true,
      },
      { receiver: ON_CALL, matchers: ['severity="critical"'], repeat_interval: '1h' },
      {
        receiver: DIGEST,
        matchers: ['severity="info"'],
        group_by: ['domain'],
        group_wait: keepFiringFor,
        group_interval: '1h',
        repeat_interval: '1d',
      },
      { receiver: OPERATIONS, matchers: ['domain="inventory"'] },
      // Not by default: what the agent hears of has matched a route already.
      { receiver: PLATFORM },
    ],
  };
}

function agentReceiver(address: string, tokenFile: string): object {
  return {
    name: AGENT,
    webhook_configs: [
      {
        url: `http://${address}/api/v1/alerts`,
        send_resolved: true,
        // A storm comes in parts that are quick to take; the agent says how many were left out.
        max_alerts: 5_000,
        http_config: { authorization: { credentials_file: tokenFile } },
      },
    ],
  };
}

function pagerDuty(): object {
  return {
    routing_key_file: `${EXAMPLE_SECRETS}/pagerduty-key`,
    severity: '{{ .CommonLabels.severity }}',
    description: '{{ (index .Alerts 0).Annotations.summary }}',
    class: '{{ .CommonLabels.signal }}',
    group: '{{ .CommonLabels.domain }}',
    details: {
      runbook: '{{ .CommonAnnotations.runbook_url }}',
      dashboard: '{{ .CommonAnnotations.dashboard_url }}',
    },
  };
}

function slack(channel: string): object {
  return {
    channel,
    send_resolved: true,
    title: '{{ (index .Alerts 0).Annotations.summary }}',
    title_link: '{{ .CommonAnnotations.dashboard_url }}',
    text: '{{ range .Alerts }}{{ .Annotations.description }}\n{{ end }}{{ .CommonAnnotations.runbook_url }}',
  };
}
