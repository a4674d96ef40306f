import { describe, expect, it } from '@jest/globals';
import type { RuleContext } from './annotations.ts';
import { baselineRules } from './baseline-rules.ts';
import {
  BASELINE_POINTS_NEEDED,
  BASELINE_RANGE_SECONDS,
  BASELINE_READY,
  REFERENCE_DEVIATION,
  type Signal,
  type Timing,
} from './signal.ts';
import { alertName, thresholdAlerts } from './threshold-alerts.ts';
import { boundRules, recordingRule, sampleRules } from './value-rules.ts';

const timing: Timing = {
  interval: '15s',
  window: '5m',
  businessWindow: '1h',
  for: '2m',
  keepFiringFor: '3m',
  baseline: '1d',
  longWindow: '1w',
  trend: '6h',
  horizon: '6h',
};
const context: RuleContext = { timing, links: { runbooks: 'docs/alerts/', dashboards: '/d/' } };
const fillRate: Signal = {
  name: 'fill_rate',
  title: 'Fill rate',
  description: 'Share of order lines filled at once.',
  domain: 'inventory',
  unit: 'ratio',
  direction: 'higher',
  by: ['site'],
  promql: 'rate(filled[$window])\n  / rate(requested[$business_window])\n',
  warn: 0.9,
};

describe('recordingRule', () => {
  it('records under the common name, with the ranges of the timing, on one line', () => {
    expect(recordingRule(fillRate, timing)).toEqual({
      record: 'evenkeel:signal:value',
      expr: 'rate(filled[5m]) / rate(requested[1h])',
      labels: { signal: 'fill_rate', domain: 'inventory', unit: 'ratio' },
    });
  });
});

describe('thresholdAlerts', () => {
  it('alerts below the threshold where more is better, above it where less is', () => {
    expect(thresholdAlerts(fillRate, context).map(({ expr }) => expr)).toEqual([
      'evenkeel:signal:value{signal="fill_rate"} < 0.9',
    ]);
    const load: Signal = { ...fillRate, name: 'load', direction: 'lower', warn: 1, page: 2 };
    expect(thresholdAlerts(load, context)).toMatchObject([
      { alert: 'EvenkeelLoadHigh', expr: expect.stringContaining('> 1'), labels: { severity: 'warning' } },
      { alert: 'EvenkeelLoadHigh', expr: expect.stringContaining('> 2'), labels: { severity: 'critical' } },
    ]);
  });

  it('has no alert without a threshold', () => {
    expect(thresholdAlerts({ ...fillRate, warn: undefined }, context)).toEqual([]);
  });

  it('says who, how much and for how long', () => {
    const [alert] = thresholdAlerts(fillRate, context);
    expect(alert?.annotations.summary).toBe(
      'Fill rate of {{ $labels.site }} is below {{ 0.9 | humanizePercentage }}',
    );
    expect(alert?.annotations.description).toContain('for 2m; it is {{ $value | humanizePercentage }} now');
  });
});

describe('alertName', () => {
  it('is made of the signal and its bad side', () => {
    expect(alertName({ name: 'api_error_ratio', direction: 'lower' })).toBe('EvenkeelApiErrorRatioHigh');
    expect(alertName({ name: 'fill_rate', direction: 'higher' })).toBe('EvenkeelFillRateLow');
  });
});

describe('a ratio', () => {
  const onTime: Signal = {
    ...fillRate,
    name: 'on_time',
    promql: undefined,
    ratio: { part: 'increase(met[$window])', whole: 'increase(due[$window])', confidence: 0.95 },
  };

  it('is its part of its whole, and missing when the whole is nothing', () => {
    expect(recordingRule(onTime, timing).expr).toBe('(increase(met[5m])) / ((increase(due[5m])) > 0)');
  });

  it('records the size of its sample, which may be counted in something else', () => {
    expect(sampleRules([fillRate, onTime], timing)).toEqual([
      {
        record: 'evenkeel:signal:samples',
        expr: 'increase(due[5m])',
        labels: { signal: 'on_time', domain: 'inventory', unit: 'ratio' },
      },
    ]);
    const byParcel: Signal = { ...onTime, ratio: { ...onTime.ratio!, samples: 'parcels' } };
    expect(sampleRules([byParcel], timing)).toMatchObject([{ expr: 'parcels' }]);
  });

  it('alerts when its value is beyond the threshold and the sample proves it', () => {
    expect(thresholdAlerts(onTime, context)).toMatchObject([
      {
        expr: 'evenkeel:signal:value{signal="on_time"} < 0.9 and ignoring (bound) evenkeel:signal:bound{signal="on_time", bound="high"} < 0.9',
      },
    ]);
  });

  it('has both its bounds in one rule each, whatever the confidences', () => {
    const sure: Signal = { ...onTime, name: 'sure', ratio: { ...onTime.ratio!, confidence: 0.99 } };
    const rules = boundRules([onTime, sure, fillRate]);
    expect(rules.map(({ labels }) => labels)).toEqual([{ bound: 'low' }, { bound: 'high' }]);
    for (const { expr } of rules) {
      expect(expr.split(' or ')).toEqual([
        expect.stringMatching(/"on_time".*1\.644854/),
        expect.stringMatching(/"sure".*2\.326348/),
      ]);
    }
    expect(boundRules([fillRate])).toEqual([]);
  });
});

describe('a band', () => {
  const cover: Signal = {
    ...fillRate,
    name: 'cover',
    direction: 'band',
    unit: 'seconds',
    warn: [1, 9],
    page: [0.5, 20],
  };

  it('alerts on both sides, each under a name of its own', () => {
    expect(thresholdAlerts(cover, context).map(({ alert, expr }) => [alert, expr.slice(-5).trim()])).toEqual([
      ['EvenkeelCoverLow', '} < 1'],
      ['EvenkeelCoverHigh', '} > 9'],
      ['EvenkeelCoverLow', '< 0.5'],
      ['EvenkeelCoverHigh', '> 20'],
    ]);
  });
});

describe('the rules of baselines', () => {
  it('say of how many points out of which time one is ready, as the rule asks that tells', () => {
    const rules = baselineRules([fillRate], { ...timing, baseline: '1d', baselineInterval: '1m' });
    const exprOf = (name: string) => rules.find(({ record }) => record === name)?.expr;
    expect(exprOf(BASELINE_RANGE_SECONDS)).toBe('vector(86400)');
    expect(exprOf(BASELINE_POINTS_NEEDED)).toBe('vector(1152)');
    expect(exprOf(BASELINE_READY)).toContain(
      `count_over_time(${REFERENCE_DEVIATION}{reference="day"}[1d]) >= bool 1152`,
    );
  });
});
