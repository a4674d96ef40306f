import { annotate, type RuleContext } from './annotations.ts';
import type { AlertingRule } from './rules.ts';

const ALERT = 'EvenkeelScoreLow';
/** What is below it is said to somebody. */
export const LOW_SCORE = 80;

/** For the operations manager: information, nobody is woken. Of each domain, and of the total as a domain of that name. */
export function scoreAlert({ timing, links }: RuleContext): AlertingRule {
  const total = 'label_replace(evenkeel:score:total, "domain", "total", "", "")';
  return {
    alert: ALERT,
    expr: `(evenkeel:score:domain or ${total}) < ${LOW_SCORE}`,
    for: timing.for,
    keep_firing_for: timing.keepFiringFor,
    labels: { severity: 'info', signal: 'score' },
    annotations: annotate(
      {
        alert: ALERT,
        domain: 'total',
        summary: `The {{ $labels.domain }} score is below ${LOW_SCORE}`,
        description: `The {{ $labels.domain }} score has been below ${LOW_SCORE} for ${timing.for}; it is {{ $value | humanize }} now. evenkeel:score:loss says what costs points.`,
      },
      links,
    ),
  };
}
