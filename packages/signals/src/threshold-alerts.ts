import { annotate, humanize, type RuleContext, whose } from './annotations.ts';
import type { AlertingRule } from './rules.ts';
import { isRange, type Limit, type Severity, type Signal, SIGNAL_BOUND, signalSelector } from './signal.ts';
import { isRatio } from './value-rules.ts';

export type Side = 'High' | 'Low';

const SIDES: readonly Side[] = ['Low', 'High'];

/** One static threshold of a signal. */
export interface Threshold {
  severity: Severity;
  side: Side;
  limit: number;
}

/** The static thresholds of a signal; a band has two of each severity. */
export function thresholdsOf(signal: Signal): Threshold[] {
  const limits: [Severity, Limit | undefined][] = [
    ['info', signal.info],
    ['warning', signal.warn],
    ['critical', signal.page],
  ];
  return limits.flatMap(([severity, limit]) =>
    SIDES.flatMap((side) => {
      const bound = boundOn(side, signal.direction, limit);
      return bound === undefined ? [] : [{ severity, side, limit: bound }];
    }),
  );
}

/** The value beyond which a limit is passed on that side, or undefined where the limit has no such side. */
export function boundOn(
  side: Side,
  direction: Signal['direction'],
  limit: Limit | undefined,
): number | undefined {
  if (limit === undefined) return undefined;
  if (isRange(limit)) return side === 'Low' ? limit[0] : limit[1];
  return (side === 'Low') === (direction === 'higher') ? limit : undefined;
}

/** The static alerts of a signal: one rule per threshold that it has, those of one side under one alert name. */
export function thresholdAlerts(signal: Signal, context: RuleContext): AlertingRule[] {
  return thresholdsOf(signal).map((threshold) => thresholdAlert(signal, threshold, context));
}

/** `api_error_ratio` -> `EvenkeelApiErrorRatioHigh`; where more is better, `...Low`; a band has both. */
export function alertName(
  { name, direction }: Pick<Signal, 'name' | 'direction'>,
  side: Side = direction === 'higher' ? 'Low' : 'High',
): string {
  const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `Evenkeel${words.join('')}${side}`;
}

function thresholdAlert(
  signal: Signal,
  { severity, side, limit }: Threshold,
  { timing, links }: RuleContext,
): AlertingRule {
  const { name, title, domain, by, unit } = signal;
  const alert = alertName(signal, side);
  const beyond = side === 'Low' ? 'below' : 'above';
  const text = humanize(String(limit), unit);
  return {
    alert,
    expr: beyondQuery(signal, side, limit),
    for: timing.for,
    keep_firing_for: timing.keepFiringFor,
    labels: { severity, signal: name, domain },
    annotations: annotate(
      {
        alert,
        domain,
        summary: `${title} of ${whose(by)} is ${beyond} ${text}`,
        description: `${title} has been ${beyond} ${text} for ${timing.for}; it is ${humanize('$value', unit)} now. ${signal.description}`,
      },
      links,
    ),
  };
}

/** A ratio must be beyond its threshold with all the doubt that its sample leaves: then the value is beyond it, too. */
function beyondQuery(signal: Signal, side: Side, limit: number): string {
  const operator = side === 'Low' ? '<' : '>';
  const beyond = `${signalSelector(signal.name)} ${operator} ${limit}`;
  if (!isRatio(signal)) return beyond;
  const bound = side === 'Low' ? 'high' : 'low';
  const proven = `${SIGNAL_BOUND}{signal="${signal.name}", bound="${bound}"} ${operator} ${limit}`;
  return `${beyond} and ignoring (bound) ${proven}`;
}
