import { AGENT_METRICS } from '@evenkeel/agent-api';

/** The series that the panel reads; docs/panel.md says what each is for. */
export const METRIC = {
  scoreTotal: 'evenkeel:score:total',
  scoreDomain: 'evenkeel:score:domain',
  scoreBound: 'evenkeel:score:bound',
  scoreCoverage: 'evenkeel:score:coverage',
  scoreLoss: 'evenkeel:score:loss',
  scoreCriticalLoss: 'evenkeel:score:critical_loss',
  scoreCapLoss: 'evenkeel:score:cap_loss',
  scoreSignal: 'evenkeel:score:signal',
  scoreUtility: 'evenkeel:score:utility',
  scoreWeight: 'evenkeel:score:weight',
  scoreCritical: 'evenkeel:score:critical',
  scoreAnchor: 'evenkeel:score:anchor',
  scoreDomainWeight: 'evenkeel:score:domain_weight',
  signalValue: 'evenkeel:signal:value',
  signalLevel: 'evenkeel:signal:level',
  signalInfo: 'evenkeel:signal:info',
  signalThreshold: 'evenkeel:signal:threshold',
  baselineCenter: 'evenkeel:baseline:center',
  baselineScale: 'evenkeel:baseline:scale',
  baselineReady: 'evenkeel:baseline:ready',
  alerts: 'ALERTS',
  alertsForState: 'ALERTS_FOR_STATE',
  episodes: AGENT_METRICS.episodes.name,
  suppressions: AGENT_METRICS.suppressions.name,
  actions: AGENT_METRICS.actions.name,
  ruleState: AGENT_METRICS.ruleState.name,
} as const;

export type Metric = (typeof METRIC)[keyof typeof METRIC];

const METRICS: ReadonlySet<string> = new Set(Object.values(METRIC));
const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/g;

export function isMetric(name: string): name is Metric {
  return METRICS.has(name);
}

/** The metrics that a text (a legend, a query) names, each once. */
export function metricsIn(text: string): Metric[] {
  return [...new Set(text.match(NAME) ?? [])].filter(isMetric);
}
