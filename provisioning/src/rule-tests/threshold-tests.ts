import {
  alertName,
  isRatio,
  type Side,
  type Signal,
  SIGNAL_SAMPLES,
  SIGNAL_VALUE,
  type Threshold,
  thresholdsOf,
  type Timing,
  toSeconds,
} from '@evenkeel/signals';
import { constant, firing, type Labels, type RuleTest } from './promtool-test.ts';

/** A target of a signal, the value it has, and the thresholds that it is beyond. */
interface Target {
  name: string;
  value: number;
  /** How large its sample is, if the signal is a ratio. */
  samples: number;
  beyond: readonly Threshold[];
}

const SIDES: readonly Side[] = ['Low', 'High'];
const LARGE_SAMPLE = 1_000_000;

/**
 * The test of all static alerts: of each signal a target beyond every threshold, one that stands at the mildest and, of a
 * ratio, one that is far beyond but with a sample of one. Nothing fires before `for` is over.
 */
export function thresholdTest(signals: readonly Signal[], timing: Timing): RuleTest {
  const forMinutes = Math.ceil(toSeconds(timing.for) / 60);
  const cases = signals.flatMap((signal) =>
    SIDES.flatMap((side) => targetsOn(signal, side).map((target) => ({ signal, target }))),
  );
  const alerts = cases.flatMap(({ signal, target }) => alertsOf(signal, target));
  // So many bad signals make a bad score.
  const butTheScore = ', signal!="score"';
  return {
    name: 'thresholds: beyond each, at the mildest, and beyond it with a sample of one',
    interval: '1m',
    input_series: cases.flatMap(({ signal, target }) => inputOf(signal, target)),
    promql_expr_test: [firing(forMinutes - 1, [], butTheScore), firing(forMinutes + 2, alerts, butTheScore)],
  };
}

function targetsOn(signal: Signal, side: Side): Target[] {
  const thresholds = thresholdsOf(signal).filter((threshold) => threshold.side === side);
  const mildest = thresholds[0];
  if (mildest === undefined) return [];
  const bad = thresholds.map((threshold, index) => ({
    name: `${threshold.severity}-${side}`,
    value: between(signal, threshold, thresholds[index + 1]),
    samples: LARGE_SAMPLE,
    beyond: thresholds.slice(0, index + 1),
  }));
  const calm = { name: `calm-${side}`, value: mildest.limit, samples: LARGE_SAMPLE, beyond: [] };
  const few = { name: `few-${side}`, value: bad.at(-1)!.value, samples: 1, beyond: [] };
  return isRatio(signal) ? [...bad, calm, few] : [...bad, calm];
}

/** A value beyond a threshold and before the next one; past the last, half as far again, within what a ratio can be. */
function between(
  { unit, direction }: Signal,
  { limit, side }: Threshold,
  next: Threshold | undefined,
): number {
  const end =
    unit === 'ratio' && direction !== 'band'
      ? Number(side === 'High')
      : limit + (side === 'High' ? 1 : -1) * Math.abs(limit);
  return Number(((limit + (next?.limit ?? end)) / 2).toPrecision(12));
}

function inputOf(signal: Signal, target: Target): RuleTest['input_series'] {
  const labels = labelsOf(signal, target);
  const value = constant(SIGNAL_VALUE, labels, target.value);
  return isRatio(signal) ? [value, constant(SIGNAL_SAMPLES, labels, target.samples)] : [value];
}

function alertsOf(signal: Signal, target: Target): Labels[] {
  return target.beyond.map(({ severity, side }) => ({
    alertname: alertName(signal, side),
    severity,
    ...labelsOf(signal, target),
  }));
}

function labelsOf({ name, domain, unit, by }: Signal, target: Target): Labels {
  return { signal: name, domain, unit, ...Object.fromEntries(by.map((label) => [label, target.name])) };
}
