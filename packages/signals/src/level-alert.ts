import { annotate, type RuleContext } from './annotations.ts';
import { BACK_BELOW } from './baseline.ts';
import { BAD, byDirection, CENTER, READY } from './baseline-rules.ts';
import { type AlertingRule, record, type RecordingRule } from './rules.ts';
import { SIGNAL_LEVEL, type Signal } from './signal.ts';

const ALERT = 'EvenkeelLevelUnusual';
const OFFSET = 'evenkeel:baseline:offset';
const UNUSUAL_SHARE = 0.2;

/** How far a level is from the centre of its baseline, as a share of it; missing where that is zero. */
export function offsetRule(): RecordingRule {
  return record(OFFSET, `(${SIGNAL_LEVEL} - ${CENTER}) / (abs(${CENTER}) > 0)`);
}

/**
 * Fires when a signal is more than 20 % of its baseline's centre away on its bad side, and further than it usually strays. It
 * is for information: how far says nothing of how bad.
 */
export function levelAlert(signals: readonly Signal[], { timing, links }: RuleContext): AlertingRule {
  const bad = `(${byDirection(signals, BAD)} > ${BACK_BELOW})`;
  return {
    alert: ALERT,
    expr: `abs(${OFFSET}) > ${UNUSUAL_SHARE} and ${bad} and (${READY} == 1)`,
    for: timing.for,
    keep_firing_for: timing.keepFiringFor,
    labels: { severity: 'info' },
    annotations: annotate(
      {
        alert: ALERT,
        domain: 'total',
        summary: '{{ $labels.signal }} is {{ $value | humanizePercentage }} off its usual level',
        description: `{{ $labels.signal }} has been more than 20% off its baseline, on its bad side, for ${timing.for}; it is {{ $value | humanizePercentage }} off now.`,
      },
      links,
    ),
  };
}
