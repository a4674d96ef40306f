import { annotate, humanize, type RuleContext, whose } from './annotations.ts';
import { toSeconds } from './duration.ts';
import type { AlertingRule } from './rules.ts';
import { type Prediction, SIGNAL_LEVEL, type Signal, signalSelector, type Timing } from './signal.ts';

/** A signal with a limit that it must not be on its way to. */
export type PredictedSignal = Signal & { predict: Prediction };

export function isPredicted(signal: Signal): signal is PredictedSignal {
  return signal.predict !== undefined;
}

/**
 * Fires when the straight line through the signal's level over the last `trend` passes the limit within `horizon`; the signal must have been there half of that ago, so that there is a trend. Where the
 * limit is another signal, the two are compared as they are: stock that is gone before a delivery can come.
 */
export function predictiveAlert(signal: PredictedSignal, { timing, links }: RuleContext): AlertingRule {
  const { name, title, domain, by, unit, predict } = signal;
  const alert = `Evenkeel${predict.alert}`;
  const limit = typeof predict.limit === 'number' ? humanize(String(predict.limit), unit) : predict.limit;
  const when =
    typeof predict.limit === 'number'
      ? `will be ${predict.side} ${limit} within ${timing.horizon} if it goes on as in the last ${timing.trend}`
      : `is ${predict.side} ${limit}`;
  return {
    alert,
    expr: predictionQuery(signal, timing),
    for: timing.for,
    keep_firing_for: timing.keepFiringFor,
    labels: { severity: predict.severity, signal: name, domain },
    annotations: annotate(
      {
        alert,
        domain,
        summary: `${title} of ${whose(by)} ${when}`,
        description: `${title} ${when}; it is ${humanize('$value', unit)} now. ${signal.description}`,
      },
      links,
    ),
  };
}

/** The value now, where the prediction is bad. */
function predictionQuery({ name, by, predict }: PredictedSignal, { trend, horizon, window }: Timing): string {
  const operator = predict.side === 'above' ? '>' : '<';
  const value = signalSelector(name);
  const near = predict.from === undefined ? value : `${value} ${operator} ${predict.from}`;
  if (typeof predict.limit === 'string') {
    return `${near} ${operator} on (${by.join(', ')}) group_left () ${signalSelector(predict.limit)}`;
  }
  const level = `${SIGNAL_LEVEL}{signal="${name}"}`;
  const line = `predict_linear(${level}[${trend}], ${toSeconds(horizon)}) ${operator} ${predict.limit}`;
  const halfway = Math.floor(toSeconds(trend) / 2);
  const known = `present_over_time(${level}[${window}] offset ${halfway}s)`;
  return `${near} and ${line} and ${known}`;
}
