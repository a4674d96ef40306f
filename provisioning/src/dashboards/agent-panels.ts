import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { toDashboard } from './links.ts';
import { BAD, CALM, GOOD, MUTED, PLAIN, WARN, words } from './palette.ts';
import { bars, countOf, rows, states } from './panel.ts';

/** The states of a rule on a target, the more urgent the higher: a rule on many targets shows its most urgent one. */
const RULE_STATES = [
  ['idle', MUTED],
  ['cooldown', 'purple'],
  ['rolled_back', 'dark-purple'],
  ['paused', 'semi-dark-yellow'],
  ['unknown', 'yellow'],
  ['pending', WARN],
  ['quarantined', 'dark-red'],
  ['suppressed', 'dark-orange'],
  ['firing', BAD],
  ['awaiting_approval', 'light-yellow'],
  ['measuring', 'super-light-blue'],
  ['settling', 'light-blue'],
  ['reverting', 'dark-blue'],
  ['executing', CALM],
] as const;

/** Whether the agent may act at all. */
export function agentMayAct(): Builder<Panel> {
  return countOf({
    title: 'May the agent act?',
    description:
      'No while the kill switch or a pause of everything is in force. Without a value the agent is not there.',
    unit: 'none',
    width: 5,
    height: 4,
    queries: [{ expr: 'max(evenkeel_agent_paused)' }],
    steps: { from: GOOD, steps: [[1, WARN]] },
    mappings: [
      words([
        [0, 'yes', GOOD],
        [1, 'paused', WARN],
      ]),
    ],
    noValue: 'no agent',
    links: [toDashboard('evenkeel-health', 'How the agent is')],
  });
}

export function actionsApplied(matcher = '', width = 5): Builder<Panel> {
  return countOf({
    title: 'Enhancements applied',
    description: 'Actions that the agent applied in the time range of the dashboard.',
    unit: 'none',
    width,
    height: 4,
    decimals: 0,
    queries: [{ expr: `sum(increase(evenkeel_agent_actions_total{outcome="applied"${matcher}}[$__range]))` }],
    steps: PLAIN,
    noValue: 'no agent',
    links: [toDashboard('evenkeel-enhancements', 'What the agent did')],
  });
}

/** What each rule was doing, over time. */
export function ruleStates(matcher: string, width: number): Builder<Panel> {
  const urgency = RULE_STATES.map(
    ([state], index) => `(evenkeel_agent_rule_state{state="${state}"${matcher}} > bool 0) * ${index}`,
  );
  return states({
    title: 'What the rules were doing',
    description:
      'The most urgent state of each rule over its targets: pending (fires, its time is not over), suppressed (a guard objects), awaiting approval, executing, settling, measuring, cooldown; unknown means that a fact is missing.',
    unit: 'none',
    width,
    height: 8,
    queries: [{ expr: `max by (rule) (${urgency.join(' or ')})`, legend: '{{rule}}' }],
    mappings: [words(RULE_STATES.map(([state, color], index) => [index, state, color]))],
  });
}

/** Episodes by verdict in the time range. */
export function verdictCounts(matcher: string, width: number): Builder<Panel> {
  return bars({
    title: 'Did it help?',
    description:
      'Episodes that ended in the time range, by verdict: improved, worsened, no_effect, or inconclusive with the reason.',
    unit: 'none',
    width,
    height: 8,
    decimals: 0,
    queries: [
      {
        expr: `sum by (verdict) (increase(evenkeel_agent_episodes_total${matcher}[$__range])) > 0`,
        legend: '{{verdict}}',
      },
    ],
    steps: PLAIN,
    noValue: 'no episode has ended',
  });
}

/** One row a rule: what it decided, did and reached in the time range. */
export function ruleTable(matcher: string): Builder<Panel> {
  const inRange = (metric: string, labels: string) =>
    `sum by (rule) (increase(${metric}{${labels}${matcher}}[$__range]))`;
  return rows({
    title: 'Rule by rule',
    description:
      'In the time range: actions applied and failed, times a guard began to hold the rule back, episodes with a verdict, and of these the improved and the worsened.',
    unit: 'none',
    width: 24,
    height: 8,
    decimals: 0,
    queries: [
      { expr: inRange('evenkeel_agent_actions_total', 'outcome="applied"') },
      { expr: inRange('evenkeel_agent_actions_total', 'outcome!="applied"') },
      { expr: inRange('evenkeel_agent_suppressions_total', 'guard=~".+"') },
      { expr: inRange('evenkeel_agent_episodes_total', 'verdict=~".+"') },
      { expr: inRange('evenkeel_agent_episodes_total', 'verdict="improved"') },
      { expr: inRange('evenkeel_agent_episodes_total', 'verdict="worsened"') },
    ],
    columns: {
      rule: 'Rule',
      'Value #A': 'Applied',
      'Value #B': 'Not applied',
      'Value #C': 'Held back',
      'Value #D': 'Episodes',
      'Value #E': 'Improved',
      'Value #F': 'Worsened',
    },
    sortBy: 'Applied',
  });
}
