import { isRatio, type Signal, SIGNAL_SAMPLES, SIGNAL_VALUE } from '@evenkeel/signals';
import { constant, firing, type Labels, type RuleTest, series } from './promtool-test.ts';

/** The tests of the alerts that are one for all signals: absence, deviation from a baseline, unusual level, low score. */
export function wholeTests(signals: readonly Signal[]): RuleTest[] {
  const lower = signals.find(({ direction }) => direction === 'lower');
  return [
    ...absenceTests(signals),
    ...(lower === undefined ? [] : [deviationTest(lower), levelTest(lower)]),
    scoreTest(),
  ];
}

function absenceTests(signals: readonly Signal[]): RuleTest[] {
  const dense = signals.find((signal) => signal.sparse !== true && !isRatio(signal));
  const ratio = signals.find(isRatio);
  const ending = (signal: Signal, target: string) => ({
    series: series(SIGNAL_VALUE, labelsOf(signal, target)),
    values: '0.01x10',
  });
  if (dense === undefined) return [];
  const emptied =
    ratio === undefined
      ? []
      : [ending(ratio, 'nobody-asks'), constant(SIGNAL_SAMPLES, labelsOf(ratio, 'nobody-asks'), 0)];
  const absent = { alertname: 'EvenkeelSignalAbsent', severity: 'warning', ...labelsOf(dense, 'gone') };
  return [
    {
      name: 'a signal that is gone, one that is there, and a ratio of nothing',
      interval: '1m',
      input_series: [
        ending(dense, 'gone'),
        constant(SIGNAL_VALUE, labelsOf(dense, 'there'), 0.01),
        ...emptied,
      ],
      promql_expr_test: [firing(10, []), firing(30, [absent])],
    },
  ];
}

function deviationTest(signal: Signal): RuleTest {
  const [far, near, learning] = ['far', 'near', 'learning'].map((target) => labelsOf(signal, target)) as [
    Labels,
    Labels,
    Labels,
  ];
  return {
    name: 'far from the baseline, near it, and far while it is being learnt',
    interval: '1m',
    input_series: [
      constant('evenkeel:baseline:zscore', far, 6),
      constant('evenkeel:baseline:ready', far, 1),
      constant('evenkeel:baseline:zscore', near, 3),
      constant('evenkeel:baseline:ready', near, 1),
      constant('evenkeel:baseline:zscore', learning, 6),
      constant('evenkeel:baseline:ready', learning, 0),
    ],
    promql_expr_test: [firing(30, [{ alertname: 'EvenkeelBaselineDeviation', severity: 'info', ...far }])],
  };
}

function levelTest(signal: Signal): RuleTest {
  const targets = {
    unusual: { offset: 0.3, zscore: 3 },
    'not far': { offset: 0.1, zscore: 3 },
    'as noisy as ever': { offset: 0.3, zscore: 2 },
    better: { offset: -0.3, zscore: -3 },
  };
  const unusual = { alertname: 'EvenkeelLevelUnusual', severity: 'info', ...labelsOf(signal, 'unusual') };
  return {
    name: 'a level 30 % off its baseline, one 10 % off, one that often strays so far, and one that is off to the good side',
    interval: '1m',
    input_series: Object.entries(targets).flatMap(([target, { offset, zscore }]) => {
      const labels = labelsOf(signal, target);
      return [
        constant('evenkeel:baseline:offset', labels, offset),
        constant('evenkeel:baseline:zscore', labels, zscore),
        constant('evenkeel:baseline:ready', labels, 1),
      ];
    }),
    promql_expr_test: [firing(30, [unusual])],
  };
}

function scoreTest(): RuleTest {
  return {
    name: 'a domain with a low score, one with a high one, and a low total',
    interval: '1m',
    input_series: [
      constant('evenkeel:score:domain', { domain: 'api' }, 79),
      constant('evenkeel:score:domain', { domain: 'system' }, 80),
      constant('evenkeel:score:total', {}, 70),
    ],
    promql_expr_test: [
      firing(
        30,
        ['api', 'total'].map((domain) => ({
          alertname: 'EvenkeelScoreLow',
          severity: 'info',
          signal: 'score',
          domain,
        })),
      ),
    ],
  };
}

function labelsOf({ name, domain, unit, by }: Signal, target: string): Labels {
  return { signal: name, domain, unit, ...Object.fromEntries(by.map((label) => [label, target])) };
}
