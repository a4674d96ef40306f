import { AGENT_METRICS } from '@evenkeel/agent-api';
import type { Registry } from 'prom-client';
import { GUARD_NAMES } from '../decisions/index.ts';
import { type JournalEvent, OUTCOMES, type Verdict } from '../model/event.ts';
import type { Rule } from '../model/rule.ts';
import { DECISION_OUTCOMES, decisionOutcome, isDecision } from '../views/index.ts';
import { INCONCLUSIVE } from '../verification/index.ts';
import { counter } from './instruments.ts';

/** The verdicts that every rule has a series of from the start. */
const EXPECTED_VERDICTS: readonly Verdict[] = [
  ...(['improved', 'worsened', 'no_effect'] as const),
  ...INCONCLUSIVE.map((reason) => `inconclusive:${reason}` as const),
];

export function decisionMetrics(registry: Registry) {
  const decisions = counter(registry, {
    name: 'evenkeel_agent_decisions_total',
    help: 'Decisions journalled, by outcome.',
    labelNames: ['rule', 'outcome'],
  });
  const suppressions = counter(registry, {
    ...AGENT_METRICS.suppressions,
    help: 'Times a guard began to hold a rule back.',
  });
  const actions = counter(registry, {
    ...AGENT_METRICS.actions,
    help: 'Actions that came to an end, by outcome.',
  });
  const episodes = counter(registry, {
    ...AGENT_METRICS.episodes,
    help: 'Episodes with a verdict.',
  });
  const placebos = counter(registry, {
    name: 'evenkeel_agent_placebo_verdicts_total',
    help: 'Firings that were left alone, by the verdict that an action would have been given: how often verdicts are wrong.',
    labelNames: ['verdict'],
  });
  const faded = counter(registry, {
    name: 'evenkeel_agent_improvements_faded_total',
    help: 'Episodes that improved their signal at first: later looks found that it did not last.',
    labelNames: ['rule'],
  });
  for (const verdict of EXPECTED_VERDICTS) placebos.inc({ verdict }, 0);
  const alerts = counter(registry, {
    name: 'evenkeel_agent_alerts_received_total',
    help: 'Alerts received, without repetitions.',
    labelNames: ['status'],
  });
  for (const status of ['firing', 'resolved']) alerts.inc({ status }, 0);
  const truncated = counter(registry, {
    name: 'evenkeel_agent_alerts_truncated_total',
    help: 'Alerts that Alertmanager left out of its deliveries (max_alerts), in repeated ones again.',
  });
  const refused = counter(registry, {
    name: 'evenkeel_agent_alerts_refused_total',
    help: 'Alerts of a delivery that could not be read; the others of the delivery were taken.',
  });
  return {
    /** Zeroes, so that the first increase is seen as one. */
    expectRules(rules: readonly Rule[]) {
      for (const { name: rule } of rules) {
        for (const outcome of OUTCOMES) actions.inc({ rule, outcome }, 0);
        for (const outcome of DECISION_OUTCOMES) decisions.inc({ rule, outcome }, 0);
        for (const guard of GUARD_NAMES) suppressions.inc({ rule, guard }, 0);
        for (const verdict of EXPECTED_VERDICTS) episodes.inc({ rule, verdict }, 0);
        faded.inc({ rule }, 0);
      }
    },
    alertsLeftOut: (leftOut: { truncated: number; refused: number }) => {
      truncated.inc(leftOut.truncated);
      refused.inc(leftOut.refused);
    },
    eventRecorded(event: JournalEvent) {
      if (isDecision(event)) decisions.inc({ rule: event.rule, outcome: decisionOutcome(event) });
      if (event.kind === 'suppressed') suppressions.inc({ rule: event.rule, guard: event.guard });
      if (event.kind === 'finished') actions.inc({ rule: event.rule, outcome: event.outcome });
      if (event.kind === 'verified') episodes.inc({ rule: event.rule, verdict: event.verdict });
      if (event.kind === 'verdict_reviewed' && event.verdict === 'improved_but_faded') {
        faded.inc({ rule: event.rule });
      }
      if (event.kind === 'control') placebos.inc({ verdict: event.verdict });
      if (event.kind === 'alert_received') alerts.inc({ status: event.status });
    },
  };
}
