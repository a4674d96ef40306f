import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { titleOfLabel } from './variables.ts';
import { targetLegend } from './signal-panels.ts';
import { DASHBOARD_OF_DOMAIN, toDashboard } from './links.ts';
import { BAD, CALM, GOOD, LOSS, NONE_IS_GOOD, SCORE, type Steps, WARN, words } from './palette.ts';
import { bars, countOf, lines, numbers, rows } from './panel.ts';

const DEVIATION: Steps = {
  from: GOOD,
  steps: [
    [2.5, WARN],
    [4, BAD],
  ],
};

const COVERAGE: Steps = {
  from: BAD,
  steps: [
    [0.8, WARN],
    [1, GOOD],
  ],
};

/** Everything that costs a domain points, the share of critical signals and the cap as entries of their own. */
export function losses(matcher: string): string {
  const named = (metric: string, name: string) =>
    `label_replace(${metric}${matcher}, "signal", "${name}", "", "")`;
  return `(evenkeel:score:loss${matcher} or ${named('evenkeel:score:critical_loss', 'worst critical signal')} or ${named('evenkeel:score:cap_loss', 'cap: a critical signal is poor')})`;
}

export function totalScore(): Builder<Panel> {
  return numbers({
    title: 'Score of the operation',
    description:
      'The weighted mean of the domains, 0 to 100. Below 80 the operations manager is told. When too little is known there is no score: see the row on what is missing.',
    unit: 'none',
    width: 5,
    height: 8,
    queries: [{ expr: 'evenkeel:score:total' }],
    steps: SCORE,
    decimals: 0,
    min: 0,
    max: 100,
    noValue: 'withheld',
  });
}

/** One number a domain; a click opens the dashboard that explains it. */
export function domainScores(domains: readonly string[]): Builder<Panel> {
  const panel = numbers({
    title: 'Score by domain',
    description:
      'Each domain by its own signals, 0 to 100; it is at most 49 while a critical signal is poor. A domain without a number is withheld. Click one for its dashboard.',
    unit: 'none',
    width: 9,
    height: 8,
    queries: [{ expr: 'evenkeel:score:domain', legend: '{{domain}}' }],
    steps: SCORE,
    decimals: 0,
    min: 0,
    max: 100,
    noValue: 'withheld',
  });
  for (const domain of domains) {
    const link = toDashboard(
      DASHBOARD_OF_DOMAIN[domain] ?? 'evenkeel-enhancements',
      `Explain the score of ${domain}`,
    );
    panel.overrideByName(domain, [{ id: 'links', value: [link.build()] }]);
  }
  return panel;
}

export function domainScore(domain: string): Builder<Panel> {
  return numbers({
    title: `Score of ${domain}`,
    description:
      'By the signals of this domain, 0 to 100; at most 49 while a critical signal is poor. Without a number it is withheld: too little is known.',
    unit: 'none',
    width: 5,
    height: 7,
    queries: [{ expr: `evenkeel:score:domain{domain="${domain}"}` }],
    steps: SCORE,
    decimals: 0,
    min: 0,
    max: 100,
    noValue: 'withheld',
  });
}

/** What costs a domain its points, the dearest first. */
export function domainLosses(domain: string): Builder<Panel> {
  return bars({
    title: `What costs ${domain} points`,
    description: 'Points that are missing to 100, by signal; together they are 100 less the score.',
    unit: 'suffix: points',
    width: 10,
    height: 7,
    queries: [{ expr: `sort_desc(${losses(`{domain="${domain}"}`)} > 0)`, legend: '{{signal}}' }],
    steps: LOSS,
    decimals: 1,
    noValue: 'nothing',
  });
}

export interface Deviations {
  matcher: string;
  /** Labels that tell one series of a signal from another. */
  labels: readonly string[];
  width: number;
}

export function furthestFromNormal({ matcher, labels, width }: Deviations): Builder<Panel> {
  return bars({
    title: 'Furthest from normal',
    description:
      'How many scales a signal is away from the centre of its baseline, in either direction; from 4 on it deviates. Signals that are still learning are left out.',
    unit: 'suffix: scales',
    width,
    height: 7,
    queries: [
      {
        expr: `topk(8, max by (${['signal', ...labels].join(', ')}) (abs(evenkeel:baseline:zscore${matcher}) and evenkeel:baseline:ready == 1))`,
        legend: `{{signal}} ${targetLegend(labels)}`,
      },
    ],
    steps: DEVIATION,
    decimals: 1,
    max: 8,
    noValue: 'still learning',
  });
}

export function scoreOverTime(): Builder<Panel> {
  return lines({
    title: 'Score over time',
    description: 'The score of each domain and of the operation. A gap is a time in which it was withheld.',
    unit: 'none',
    width: 24,
    height: 7,
    queries: [
      { expr: 'evenkeel:score:domain', legend: '{{domain}}' },
      { expr: 'evenkeel:score:total', legend: 'operation' },
    ],
    min: 0,
    max: 100,
  }).overrideByName('operation', [{ id: 'custom.lineWidth', value: 3 }]);
}

export function coverage(): Builder<Panel> {
  return bars({
    title: 'Coverage',
    description:
      'Share of the weight of a domain whose signals have a value. Below 80 %, or with a critical signal missing, its score is withheld.',
    unit: 'percentunit',
    width: 6,
    height: 7,
    queries: [{ expr: 'evenkeel:score:coverage', legend: '{{domain}}' }],
    steps: COVERAGE,
    max: 1,
  });
}

export function scoreBounds(): Builder<Panel> {
  return rows({
    title: 'Between what and what',
    description:
      'The score a domain would have with everything missing at its worst, and at its best. Both are equal when nothing is missing.',
    unit: 'none',
    width: 6,
    height: 7,
    decimals: 0,
    queries: [
      { expr: 'sum by (domain) (evenkeel:score:bound{bound="low"})' },
      { expr: 'sum by (domain) (evenkeel:score:bound{bound="high"})' },
    ],
    columns: { domain: 'Domain', 'Value #A': 'At worst', 'Value #B': 'At best' },
  });
}

/** Signals of signals.yml that have no value now; of one domain, or all. */
export function missingSignals(matcher = ''): Builder<Panel> {
  return rows({
    title: 'Signals without a value',
    description:
      'Signals of signals.yml for which there is no series now. Missing is not zero and not good: no alert, no score and no rule is computed from it.',
    unit: 'none',
    width: 6,
    height: 7,
    queries: [{ expr: `evenkeel:signal:info${matcher} unless on (signal) evenkeel:signal:value` }],
    columns: { domain: 'Domain', title: 'Signal' },
    noValue: 'every signal has a value',
  });
}

const SEVERITIES = words([
  ['critical', 'critical', BAD],
  ['warning', 'warning', WARN],
  ['info', 'info', CALM],
]);

export function alertCounts(): Builder<Panel> {
  const firing = (severity: string) =>
    `count(ALERTS{alertstate="firing", alertname=~"Evenkeel.*", severity="${severity}"}) or vector(0)`;
  return countOf({
    title: 'Alerts firing',
    description:
      'By severity. Critical ones wake somebody, warnings wait for working hours, information is for reading.',
    unit: 'none',
    width: 5,
    height: 8,
    queries: [
      { expr: firing('critical'), legend: 'critical' },
      { expr: firing('warning'), legend: 'warning' },
      { expr: firing('info'), legend: 'info' },
    ],
    steps: NONE_IS_GOOD,
  });
}

export interface AlertList {
  title: string;
  description: string;
  state: 'firing' | 'pending';
  domain?: string;
  /** Labels that say who is sick. */
  labels: readonly string[];
  width: number;
}

export function alertList({ title, description, state, domain, labels, width }: AlertList): Builder<Panel> {
  const matchers = [
    `alertstate="${state}"`,
    'alertname=~"Evenkeel.*"',
    ...(domain === undefined ? [] : [`domain="${domain}"`]),
  ];
  return rows({
    title,
    description,
    unit: 'none',
    width,
    height: 7,
    mappings: [SEVERITIES],
    queries: [{ expr: `ALERTS{${matchers.join(', ')}}` }],
    columns: {
      severity: 'Severity',
      alertname: 'Alert',
      signal: 'Signal',
      ...Object.fromEntries(labels.map((label) => [label, titleOfLabel(label)])),
    },
    noValue: state === 'firing' ? 'nothing fires' : 'nothing is pending',
  });
}
