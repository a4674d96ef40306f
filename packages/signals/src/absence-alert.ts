import { annotate, type RuleContext } from './annotations.ts';
import type { AlertingRule } from './rules.ts';
import { SIGNAL_SAMPLES, SIGNAL_VALUE, type Signal } from './signal.ts';

const ALERT = 'EvenkeelSignalAbsent';

/**
 * Fires for a signal that had data within the range of its baseline and has none now. A ratio whose sample is known to be
 * empty is not absent, and what is sparse may be missing.
 */
export function absenceAlert(signals: readonly Signal[], { timing, links }: RuleContext): AlertingRule {
  const sparse = signals.filter((signal) => signal.sparse === true).map(({ name }) => name);
  const of = sparse.length === 0 ? '' : `{signal!~"${sparse.join('|')}"}`;
  return {
    alert: ALERT,
    expr: `present_over_time(${SIGNAL_VALUE}${of}[${timing.baseline}]) unless ${SIGNAL_VALUE} unless ${SIGNAL_SAMPLES}`,
    for: timing.for,
    keep_firing_for: '0s',
    labels: { severity: 'warning' },
    annotations: annotate(
      {
        alert: ALERT,
        domain: 'health',
        summary: '{{ $labels.signal }} is missing',
        description: `{{ $labels.signal }} was recorded within the last ${timing.baseline} and has been missing for ${timing.for}: what it watches is not watched.`,
      },
      links,
    ),
  };
}
