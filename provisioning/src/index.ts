export {
  CATALOGUE_FILE,
  differences,
  mergeMetrics,
  readCatalogue,
  renderCatalogue,
} from './catalogue/catalogue.ts';
export { readExposition } from './catalogue/exposition.ts';
export { type Metric, OUR_PARTS, type Part } from './catalogue/metric.ts';
export { type PanelQuery, panelQueries } from './lint/panel-queries.ts';
export { generateFiles, type GeneratedFile } from './generated.ts';
export { alertingRules, ruleFile } from './rule-files.ts';
export { loadSources, type Sources } from './sources.ts';
export { loadSignalsFile, type SignalsFile } from './signals-file.ts';
export { alertmanagerConfig } from './stack/alertmanager.ts';
export { agentConfig, exporterConfig } from './stack/daemons.ts';
export type { Deployment } from './stack/deployment.ts';
export { grafanaDashboardProvider, grafanaDatasources } from './stack/grafana.ts';
export { prometheusConfig } from './stack/prometheus.ts';
