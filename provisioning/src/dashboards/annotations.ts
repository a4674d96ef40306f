import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCE, target } from './query.ts';

interface Events {
  name: string;
  color: string;
  expr: string;
  title: string;
  text: string;
  /** Labels that become tags. */
  tags: readonly string[];
}

/** What the agent did, as lines through every graph: did the signal move then? */
export function enhancementsApplied(): AnnotationQueryBuilder {
  return events({
    name: 'Enhancements',
    color: 'purple',
    expr: 'sum by (rule) (increase(evenkeel_agent_actions_total{outcome="applied"}[$__rate_interval])) > 0',
    title: '{{rule}} acted',
    text: 'The agent applied the action of {{rule}}.',
    tags: ['rule'],
  });
}

/** When it was said whether an enhancement helped. */
export function verdictsGiven(): AnnotationQueryBuilder {
  return events({
    name: 'Verdicts',
    color: 'blue',
    expr: 'sum by (rule, verdict) (increase(evenkeel_agent_episodes_total[$__rate_interval])) > 0',
    title: '{{rule}}: {{verdict}}',
    text: 'The episode of {{rule}} ended: {{verdict}}.',
    tags: ['rule', 'verdict'],
  });
}

/** Spans in which alerts fired; of one domain, or all. */
export function alertsFired(domain?: string): AnnotationQueryBuilder {
  const matchers = [
    'alertstate="firing"',
    'alertname=~"Evenkeel.*"',
    ...(domain === undefined ? [] : [`domain="${domain}"`]),
  ];
  return events({
    name: 'Alerts',
    color: 'red',
    expr: `max by (alertname, severity) (ALERTS{${matchers.join(', ')}})`,
    title: '{{alertname}}',
    text: '{{severity}}: {{alertname}} fires.',
    tags: ['severity'],
  });
}

function events({ name, color, expr, title, text, tags }: Events): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor(color)
    .target(target({ expr, ref: 'Anno' }, 'range', 0))
    .titleFormat(title)
    .textFormat(text)
    .tagKeys(tags.join(','));
}
