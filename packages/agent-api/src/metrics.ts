/** The agent's metrics that others read: it exposes them under these names, and the panel finds them by these. */
export const AGENT_METRICS = {
  episodes: { name: 'evenkeel_agent_episodes_total', labelNames: ['rule', 'verdict'] },
  suppressions: { name: 'evenkeel_agent_suppressions_total', labelNames: ['rule', 'guard'] },
  actions: { name: 'evenkeel_agent_actions_total', labelNames: ['rule', 'outcome'] },
  ruleState: { name: 'evenkeel_agent_rule_state', labelNames: ['rule', 'state'] },
} as const;

type AgentMetric = keyof typeof AGENT_METRICS;

/** The labels of a series of one of these metrics. */
export type AgentMetricLabels<Name extends AgentMetric> = Readonly<
  Partial<Record<(typeof AGENT_METRICS)[Name]['labelNames'][number], string>>
>;
