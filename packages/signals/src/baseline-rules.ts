import { annotate, type RuleContext } from './annotations.ts';
import {
  ABSOLUTE_FLOOR,
  AS_GOOD,
  BACK_BELOW,
  DEVIATES_AT,
  INNER,
  INNER_OF_NORMAL,
  JUMPS_AT,
  LEAST_PERIODS,
  NARROWER,
  READY_SHARE,
  RELATIVE_FLOOR,
  type Season,
  SEASONS,
} from './baseline.ts';
import { toSeconds } from './duration.ts';
import { type AlertingRule, record, type RecordingRule } from './rules.ts';
import {
  BASELINE_POINTS_NEEDED,
  BASELINE_RANGE_SECONDS,
  REFERENCE_DEVIATION as DEVIATION,
  SIGNAL_LEVEL,
  type Signal,
  type Timing,
} from './signal.ts';

const SHIFT = 'evenkeel:reference:shift';
const REFERENCE_SCALE = 'evenkeel:reference:scale';
const WIDTH = 'evenkeel:reference:width';
const REFERENCE_ZSCORE = 'evenkeel:reference:zscore';
const CANDIDATE = 'evenkeel:reference:candidate';
const CLOSEST = 'evenkeel:reference:closest';
export const CENTER = 'evenkeel:baseline:center';
const FLOOR = 'evenkeel:baseline:floor';
const SCALE = 'evenkeel:baseline:scale';
const ZSCORE = 'evenkeel:baseline:zscore';
const JUMP = 'evenkeel:baseline:jump';
export const READY = 'evenkeel:baseline:ready';
const DEVIATION_ALERT = 'EvenkeelBaselineDeviation';

const SEASONAL = `{reference=~"${SEASONS.map(({ reference }) => reference).join('|')}"}`;
const DAY = '{reference="day"}';
/** A reference's centre: what it leads one to expect of the level now. */
const EXPECTED = `((${SHIFT} - ${DEVIATION}) + ignoring (reference) group_left () ${SIGNAL_LEVEL})`;

/**
 * What a signal normally is now, and how far it is from that: the same formulas as in baseline.ts, in the order in which
 * they build on each other. Those that look back over the whole range may be evaluated less often; see looksBackFar.
 */
export function baselineRules(signals: readonly Signal[], timing: Timing): RecordingRule[] {
  return [
    ...signals.map((signal) => floorRule(signal)),
    ...deviationRules(timing),
    ...spreadRules(timing),
    ...choiceRules(),
    record(CENTER, `max without (reference) (${EXPECTED} and ${CLOSEST})`),
    record(SCALE, `max without (reference) (${REFERENCE_SCALE} and ${CLOSEST})`),
    record(ZSCORE, `max without (reference) (${CLOSEST})`),
    record(JUMP, `max without (reference) (${REFERENCE_ZSCORE}{reference="before"})`),
    record(
      READY,
      `max without (reference) (${points(DAY, timing)} >= bool ${enoughPoints(timing)} and ${DEVIATION}${DAY})`,
    ),
    record(BASELINE_RANGE_SECONDS, `vector(${toSeconds(timing.baseline)})`),
    record(BASELINE_POINTS_NEEDED, `vector(${enoughPoints(timing)})`),
  ];
}

/** Whether a rule looks at all of the last day for each reference: what it says changes slowly, and costs the most. */
export function looksBackFar({ record: name }: RecordingRule): boolean {
  return [SHIFT, REFERENCE_SCALE, WIDTH].includes(name);
}

/** Fires when a signal is far on its bad side of its own baseline; never while the baseline is still being learnt. */
export function deviationAlert(signals: readonly Signal[], { timing, links }: RuleContext): AlertingRule {
  const identity = ['signal', ...new Set(signals.flatMap(({ by }) => by))].join(', ');
  const bad = byDirection(signals, BAD);
  const jumps = byDirection(signals, BAD_JUMP);
  const itself = `ALERTS{alertname="${DEVIATION_ALERT}", alertstate=~"pending|firing"}`;
  const begins = `${bad} > ${DEVIATES_AT} or (${bad} > ${BACK_BELOW} and ${jumps} > ${JUMPS_AT})`;
  const goesOn = `(${bad} > ${BACK_BELOW}) and on (${identity}) ${itself}`;
  return {
    alert: DEVIATION_ALERT,
    expr: `((${begins}) or (${goesOn})) and (${READY} == 1)`,
    for: timing.for,
    keep_firing_for: timing.keepFiringFor,
    labels: { severity: 'info' },
    annotations: annotate(
      {
        alert: DEVIATION_ALERT,
        domain: 'total',
        summary: '{{ $labels.signal }} is far from its baseline',
        description: `{{ $labels.signal }} has been far on the bad side of its baseline for ${timing.for}; it is {{ $value | humanize }} scales away now.`,
      },
      links,
    ),
  };
}

/** The level against each of its references. */
function deviationRules({ window }: Timing): RecordingRule[] {
  return [
    record(DEVIATION, SIGNAL_LEVEL, { reference: 'day' }),
    ...SEASONS.map((season) =>
      record(DEVIATION, `${SIGNAL_LEVEL} - ${profile(season)}`, { reference: season.reference }),
    ),
    record(DEVIATION, `${SIGNAL_LEVEL} - ${SIGNAL_LEVEL} offset ${window}`, { reference: 'before' }),
  ];
}

/** The median of the periods before, where enough of them are known. */
function profile({ days, periods }: Season): string {
  const past = Array.from({ length: periods }, (_, index) => index + 1)
    .map((period) => `label_replace(${SIGNAL_LEVEL} offset ${period * days}d, "past", "${period}", "", "")`)
    .join(' or ');
  return `(quantile without (past) (0.5, ${past}) and count without (past) (${past}) >= ${LEAST_PERIODS})`;
}

function spreadRules(timing: Timing): RecordingRule[] {
  const { baseline } = timing;
  const quantile = (share: number) => `quantile_over_time(${share}, ${DEVIATION}[${baseline}])`;
  const floor = `(${DEVIATION} * 0 + on (signal) group_left () ${FLOOR})`;
  const learned = `(${points(SEASONAL, timing)} >= ${enoughPoints(timing)} or ${DEVIATION}${DAY})`;
  return [
    record(SHIFT, `${quantile(0.5)} and ${DEVIATION}`),
    record(
      REFERENCE_SCALE,
      largest([
        `((${quantile(INNER.high)} - ${quantile(INNER.low)}) / ${INNER_OF_NORMAL} and ${DEVIATION})`,
        `${RELATIVE_FLOOR} * abs(${EXPECTED})`,
        floor,
      ]),
    ),
    record(
      WIDTH,
      `${largest([`stddev_over_time(${DEVIATION}[${baseline}])`, REFERENCE_SCALE])} and ${DEVIATION} and ${learned}`,
    ),
    record(REFERENCE_ZSCORE, `(${DEVIATION} - ${SHIFT}) / ${REFERENCE_SCALE}`),
  ];
}

/** Which reference speaks: seasons where they make the day narrower; of those about equally narrow, the closest. */
function choiceRules(): RecordingRule[] {
  const narrower = `(${WIDTH}${SEASONAL} <= ignoring (reference) group_left () (${NARROWER} * ${WIDTH}${DAY}))`;
  const asGood = `${CANDIDATE} <= ignoring (reference) group_left () (${AS_GOOD} * min without (reference) (${CANDIDATE}))`;
  const near = `(${REFERENCE_ZSCORE} and (${asGood}))`;
  const nearest = `abs(${near}) == ignoring (reference) group_left () min without (reference) (abs(${near}))`;
  return [
    record(CANDIDATE, `${narrower} or (${WIDTH}${DAY} unless ignoring (reference) ${narrower})`),
    record(CLOSEST, `${REFERENCE_ZSCORE} and (${nearest})`),
  ];
}

/** A z, positive on the side that is bad: up where less is better, down where more is; see badness and jumpBadness. */
export const BAD: Readonly<Record<Signal['direction'], (matcher: string) => string>> = {
  lower: (matcher) => `${ZSCORE}${matcher}`,
  higher: (matcher) => `-${ZSCORE}${matcher}`,
  band: (matcher) => `abs(${ZSCORE}${matcher})`,
};
const BAD_JUMP: typeof BAD = {
  lower: (matcher) => `${JUMP}${matcher}`,
  higher: (matcher) => `-${JUMP}${matcher}`,
  band: (matcher) => `${JUMP}${matcher} * sgn(${ZSCORE}${matcher})`,
};

/** One vector of all signals, each read by its direction. */
export function byDirection(signals: readonly Signal[], read: typeof BAD): string {
  const parts = (['lower', 'higher', 'band'] as const).flatMap((direction) => {
    const names = signals.filter((signal) => signal.direction === direction).map(({ name }) => name);
    return names.length === 0 ? [] : [read[direction](`{signal=~"${names.join('|')}"}`)];
  });
  return `(${parts.join(' or ')})`;
}

function floorRule({ name, floor = ABSOLUTE_FLOOR }: Signal): RecordingRule {
  return record(FLOOR, `vector(${floor})`, { signal: name });
}

/** The largest of vectors with the same labels, each of them evaluated once. */
function largest(vectors: readonly string[]): string {
  const parts = vectors.map((vector, index) => `label_replace(${vector}, "part", "${index}", "", "")`);
  return `max without (part) (${parts.join(' or ')})`;
}

function points(matcher: string, { baseline }: Timing): string {
  return `count_over_time(${DEVIATION}${matcher}[${baseline}])`;
}

function enoughPoints({ baseline, interval, baselineInterval = interval }: Timing): number {
  return Math.floor(READY_SHARE * (toSeconds(baseline) / toSeconds(baselineInterval)));
}
