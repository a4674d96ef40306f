import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Signal } from '@evenkeel/signals';
import { actionsApplied, agentMayAct, ruleStates, ruleTable, verdictCounts } from './agent-panels.ts';
import { alertsFired, enhancementsApplied, verdictsGiven } from './annotations.ts';
import type { Board } from './board.ts';
import { domainChoices, domainRows } from './domain-rows.ts';
import { BAD, GOOD, PLAIN, WARN } from './palette.ts';
import { bars, columns, countOf } from './panel.ts';

const RULE = 'rule=~"$rule"';

/** What the rules decided, what was applied, what held them back, and whether it helped. */
export function enhancementsBoard(signals: readonly Signal[]): Board {
  return {
    uid: 'evenkeel-enhancements',
    title: 'Enhancements',
    description:
      'The rule agent at work: decisions, actions, guards that held it back, and whether it helped.',
    choices: domainChoices('agent', signals, [{ label: 'rule', from: 'evenkeel_agent_rule_state' }]),
    annotations: [alertsFired(), enhancementsApplied(), verdictsGiven()],
    rows: [
      {
        title: 'At a glance',
        panels: [agentMayAct(), actionsApplied(`, ${RULE}`), improvedShare(), heldBack(), rulesByMode()],
      },
      {
        title: 'What the rules were doing',
        panels: [ruleStates(`, ${RULE}`, 16), verdictCounts(`{${RULE}}`, 8)],
      },
      { title: 'Rule by rule', panels: [ruleTable(`, ${RULE}`)] },
      { title: 'Decisions and guards', panels: [decisions(), suppressions(), actions()] },
      ...domainRows('agent', signals),
    ],
  };
}

/** Of the episodes that were decided one way or the other: inconclusive ones say nothing. */
function improvedShare(): Builder<Panel> {
  const ended = (verdict: string) =>
    `sum(increase(evenkeel_agent_episodes_total{${RULE}, verdict=~"${verdict}"}[$__range]))`;
  return countOf({
    title: 'Improved',
    description:
      'Share of the episodes of the time range that improved their signal, among those with a verdict that is not inconclusive.',
    unit: 'percentunit',
    width: 4,
    height: 4,
    queries: [{ expr: `${ended('improved')} / (${ended('improved|worsened|no_effect')} > 0)` }],
    steps: {
      from: BAD,
      steps: [
        [0.5, WARN],
        [0.7, GOOD],
      ],
    },
    noValue: 'no verdicts yet',
  });
}

function heldBack(): Builder<Panel> {
  return countOf({
    title: 'Held back',
    description: 'Times in the time range that a guard began to hold a rule back.',
    unit: 'none',
    width: 4,
    height: 4,
    decimals: 0,
    queries: [{ expr: `sum(increase(evenkeel_agent_suppressions_total{${RULE}}[$__range]))` }],
    steps: PLAIN,
    noValue: 'never',
  });
}

function rulesByMode(): Builder<Panel> {
  return countOf({
    title: 'Rules by mode',
    description:
      'off: not evaluated. shadow: evaluated and recorded, never acts. approve: a person says yes first. auto: acts.',
    unit: 'none',
    width: 6,
    height: 4,
    queries: [{ expr: 'sum by (mode) (evenkeel_agent_rules)', legend: '{{mode}}' }],
    steps: PLAIN,
    noValue: 'no agent',
  });
}

function decisions(): Builder<Panel> {
  return columns({
    title: 'Decisions',
    description:
      'Decisions journalled, by outcome, in each interval of the graph; those not to act are among them.',
    unit: 'short',
    width: 8,
    height: 8,
    queries: [
      {
        expr: `sum by (outcome) (increase(evenkeel_agent_decisions_total{${RULE}}[$__rate_interval])) > 0`,
        legend: '{{outcome}}',
      },
    ],
    noValue: 'none',
  });
}

function suppressions(): Builder<Panel> {
  return bars({
    title: 'What held rules back',
    description: 'Guards by how often they began to hold a rule back in the time range.',
    unit: 'none',
    width: 8,
    height: 8,
    decimals: 0,
    queries: [
      {
        expr: `sort_desc(sum by (guard) (increase(evenkeel_agent_suppressions_total{${RULE}}[$__range])) > 0)`,
        legend: '{{guard}}',
      },
    ],
    steps: PLAIN,
    noValue: 'nothing',
  });
}

function actions(): Builder<Panel> {
  return columns({
    title: 'Actions',
    description: 'Actions that came to an end in each interval of the graph, by outcome.',
    unit: 'short',
    width: 8,
    height: 8,
    queries: [
      {
        expr: `sum by (outcome) (increase(evenkeel_agent_actions_total{${RULE}}[$__rate_interval])) > 0`,
        legend: '{{outcome}}',
      },
    ],
    noValue: 'none',
  });
}
