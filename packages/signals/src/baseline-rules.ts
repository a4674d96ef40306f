import { annotate, type RuleContext } from './annotations.ts';
import { toSeconds } from './duration.ts';
import { type AlertingRule, record, type RecordingRule } from './rules.ts';
import { SIGNAL_LEVEL, type Signal, type Timing } from './signal.ts';

/** z beyond which a signal is said to deviate, and the one below which it is said to be back. */
export const DEVIATES_AT = 4;
export const BACK_BELOW = 2.5;
/** Share of the expected points that a baseline needs before it is believed. */
export const READY_SHARE = 0.8;
/** The band is never narrower than this share of the centre: below it, a change is of no interest to anyone. */
export const RELATIVE_FLOOR = 0.02;
/** For signals without a floor of their own. */
export const ABSOLUTE_FLOOR = 0.001;
/** The middle 40 % of the residuals make the scale: 30 % of foreign values on one side do not widen it. */
const INNER = { low: 0.3, high: 0.7 };
/** The width of that middle in a normal distribution, in standard deviations: twice its 0.7 quantile. */
const INNER_OF_NORMAL = 1.0488;

const CENTER = 'evenkeel:baseline:center';
const RESIDUAL = 'evenkeel:baseline:residual';
const SPREAD = 'evenkeel:baseline:spread';
const FLOOR = 'evenkeel:baseline:floor';
const SCALE = 'evenkeel:baseline:scale';
const ZSCORE = 'evenkeel:baseline:zscore';
const READY = 'evenkeel:baseline:ready';
const DEVIATION_ALERT = 'EvenkeelBaselineDeviation';

/**
 * What a signal normally is now: the median C of its level over the baseline's range, and the scale
 * s = max((Q70 - Q30 of level - C) / 1.0488, 2 % of |C|, the signal's floor); z = (level - C) / s.
 *
 * A bad afternoon does not widen the band, because these quantiles bear 30 % of foreign values; that the band lies on the
 * residual means that a drop to zero and a step of 15 % are seen. The rules build on each other: they belong into one group.
 */
export function baselineRules(signals: readonly Signal[], timing: Timing): RecordingRule[] {
  const { baseline } = timing;
  return [
    record(CENTER, `quantile_over_time(0.5, ${SIGNAL_LEVEL}[${baseline}]) and ${SIGNAL_LEVEL}`),
    record(RESIDUAL, `${SIGNAL_LEVEL} - ${CENTER}`),
    record(
      SPREAD,
      `(${quantile(INNER.high, baseline)} - ${quantile(INNER.low, baseline)}) / ${INNER_OF_NORMAL}`,
    ),
    ...signals.map((signal) => floorRule(signal)),
    record(SCALE, larger(larger(SPREAD, `${RELATIVE_FLOOR} * abs(${CENTER})`), floorOfEach())),
    record(ZSCORE, `${RESIDUAL} / ${SCALE}`),
    record(READY, `count_over_time(${SIGNAL_LEVEL}[${baseline}]) >= bool ${enoughPoints(timing)}`),
  ];
}

/** Fires when a signal is far on its bad side of its own baseline; never while the baseline is still being learnt. */
export function deviationAlert(signals: readonly Signal[], { timing, links }: RuleContext): AlertingRule {
  const identity = ['signal', ...new Set(signals.flatMap(({ by }) => by))].join(', ');
  const bad = badness(signals);
  const firing = `ALERTS{alertname="${DEVIATION_ALERT}", alertstate="firing"}`;
  const still = `(${bad} > ${BACK_BELOW}) and on (${identity}) ${firing}`;
  return {
    alert: DEVIATION_ALERT,
    expr: `((${bad} > ${DEVIATES_AT}) or (${still})) and (${READY} == 1)`,
    for: timing.for,
    keep_firing_for: timing.keepFiringFor,
    labels: { severity: 'info' },
    annotations: annotate(
      {
        alert: DEVIATION_ALERT,
        domain: 'total',
        summary: '{{ $labels.signal }} is far from its baseline',
        description: `{{ $labels.signal }} has been more than ${DEVIATES_AT} scales on the bad side of its baseline for ${timing.for}; it is {{ $value | humanize }} scales away now.`,
      },
      links,
    ),
  };
}

/** z, positive on the side that is bad: up where less is better, down where more is, both for a band. */
function badness(signals: readonly Signal[]): string {
  const names = (direction: Signal['direction']) =>
    signals.filter((signal) => signal.direction === direction).map(({ name }) => name);
  const sides: [string[], string][] = [
    [names('lower'), ''],
    [names('higher'), '-'],
    [names('band'), 'abs'],
  ];
  const parts = sides
    .filter(([group]) => group.length > 0)
    .map(([group, sign]) => signed(sign, `${ZSCORE}{signal=~"${group.join('|')}"}`));
  return `(${parts.join(' or ')})`;
}

function signed(sign: string, selector: string): string {
  return sign === 'abs' ? `abs(${selector})` : `${sign}${selector}`;
}

function quantile(share: number, range: string): string {
  return `quantile_over_time(${share}, ${RESIDUAL}[${range}])`;
}

function floorRule({ name, floor = ABSOLUTE_FLOOR }: Signal): RecordingRule {
  return record(FLOOR, `vector(${floor})`, { signal: name });
}

/** The floor of a signal, for each of its targets. */
function floorOfEach(): string {
  return `(${CENTER} * 0 + on (signal) group_left () ${FLOOR})`;
}

/** The larger of two instant vectors with the same labels. */
function larger(a: string, b: string): string {
  return `(${a} >= ${b} or ${b})`;
}

function enoughPoints({ baseline, interval }: Timing): number {
  return Math.floor((READY_SHARE * toSeconds(baseline)) / toSeconds(interval));
}
