export { ruleFile } from './rule-files.ts';
export { loadSignalsFile, type SignalsFile } from './signals-file.ts';
export { alertmanagerConfig } from './stack/alertmanager.ts';
export { agentConfig, exporterConfig } from './stack/daemons.ts';
export type { Deployment } from './stack/deployment.ts';
export { grafanaDashboardProvider, grafanaDatasources } from './stack/grafana.ts';
export { prometheusConfig } from './stack/prometheus.ts';
