import { describe, expect, it } from '@jest/globals';
import { alertName, recordingRule, thresholdAlerts } from './rules.ts';
import type { Signal, Timing } from './signal.ts';

const timing: Timing = {
  interval: '15s',
  window: '5m',
  businessWindow: '1h',
  for: '2m',
  keepFiringFor: '3m',
  baseline: '1d',
};
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
    expect(thresholdAlerts(fillRate, timing).map(({ expr }) => expr)).toEqual([
      'evenkeel:signal:value{signal="fill_rate"} < 0.9',
    ]);
    const load: Signal = { ...fillRate, name: 'load', direction: 'lower', warn: 1, page: 2 };
    expect(thresholdAlerts(load, timing)).toMatchObject([
      { alert: 'EvenkeelLoadHigh', expr: expect.stringContaining('> 1'), labels: { severity: 'warning' } },
      { alert: 'EvenkeelLoadHigh', expr: expect.stringContaining('> 2'), labels: { severity: 'critical' } },
    ]);
  });

  it('has no alert without a threshold', () => {
    expect(thresholdAlerts({ ...fillRate, warn: undefined }, timing)).toEqual([]);
  });

  it('says who, how much and for how long', () => {
    const [alert] = thresholdAlerts(fillRate, timing);
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
