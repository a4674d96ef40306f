/** The agent's metrics that others read, with the names of their labels: the agent gives them out and the panel finds them by these. */
export const AGENT_METRICS = {
  episodes: { name: 'evenkeel_agent_episodes_total', labels: ['rule', 'verdict'] },
  suppressions: { name: 'evenkeel_agent_suppressions_total', labels: ['rule', 'guard'] },
  actions: { name: 'evenkeel_agent_actions_total', labels: ['rule', 'outcome'] },
  ruleState: { name: 'evenkeel_agent_rule_state', labels: ['rule', 'state'] },
} as const;
