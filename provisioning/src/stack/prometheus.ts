import type { Deployment } from './deployment.ts';

/** prometheus.yml: scrape every part, evaluate the rules, tell Alertmanager. */
export function prometheusConfig({ timing, addresses, files }: Deployment): object {
  return {
    global: { scrape_interval: timing.interval, evaluation_interval: timing.interval },
    rule_files: [files.prometheusRules],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [addresses.alertmanager] }] }] },
    scrape_configs: [
      scrape('warehouse', addresses.warehouse),
      scrape('evenkeel-exporter', addresses.exporter),
      scrape('evenkeel-agent', addresses.agent),
      scrape('prometheus', addresses.prometheus),
      scrape('alertmanager', addresses.alertmanager),
    ],
  };
}

function scrape(job: string, address: string): object {
  return { job_name: job, static_configs: [{ targets: [address] }] };
}
