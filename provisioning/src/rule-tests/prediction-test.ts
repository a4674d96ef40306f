import { type PredictedSignal, type Signal, SIGNAL_VALUE, type Timing, toSeconds } from '@evenkeel/signals';
import { constant, firing, type Labels, type RuleTest, series } from './promtool-test.ts';

/** The test of a predictive alert: a target on its way to the limit, and one as near that stays where it is. */
export function predictionTest(
  signal: PredictedSignal,
  signals: readonly Signal[],
  timing: Timing,
): RuleTest {
  const { predict } = signal;
  const sick = labelsOf(signal, 'sick');
  const alert = { alertname: `Evenkeel${predict.alert}`, severity: predict.severity, ...sick };
  const trendMinutes = toSeconds(timing.trend) / 60;
  return {
    name: `prediction of ${signal.name}`,
    interval: '1m',
    input_series:
      typeof predict.limit === 'string'
        ? compared(
            signal,
            signals.find(({ name }) => name === predict.limit)!,
          )
        : heading(signal, timing),
    promql_expr_test: [firing(0, []), firing(trendMinutes + 15, [alert])],
  };
}

/** Two straight lines that are equally near to a limit at the end of the trend: only one will be there within half the horizon. */
function heading(signal: PredictedSignal, { trend, horizon }: Timing): RuleTest['input_series'] {
  const limit = Number(signal.predict.limit);
  const from = signal.predict.from ?? limit / 2;
  const now = from + 0.6 * (limit - from);
  const perMinute = (limit - now) / (toSeconds(horizon) / 60 / 2);
  const start = now - perMinute * (toSeconds(trend) / 60);
  const rising = `${start.toFixed(6)}+${perMinute.toFixed(9)}x600`.replace('+-', '-');
  return [
    { series: series(SIGNAL_VALUE, labelsOf(signal, 'sick')), values: rising },
    constant(SIGNAL_VALUE, labelsOf(signal, 'calm'), Number(now.toFixed(6))),
  ];
}

function compared(signal: PredictedSignal, other: Signal): RuleTest['input_series'] {
  const [beyond, within] = signal.predict.side === 'below' ? [50, 200] : [200, 50];
  const all: [Signal, string, number][] = [
    [signal, 'sick', beyond],
    [other, 'sick', 100],
    [signal, 'calm', within],
    [other, 'calm', 100],
  ];
  return all.map(([one, target, value]) => constant(SIGNAL_VALUE, labelsOf(one, target), value));
}

function labelsOf({ name, domain, unit, by }: Signal, target: string): Labels {
  return { signal: name, domain, unit, ...Object.fromEntries(by.map((label) => [label, target])) };
}
