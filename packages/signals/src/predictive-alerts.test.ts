import { expect, it } from '@jest/globals';
import { predictiveAlert, type PredictedSignal } from './predictive-alerts.ts';
import type { Timing } from './signal.ts';

const diskUsed: PredictedSignal = {
  name: 'disk_used_ratio',
  title: 'Disk used',
  description: 'Share of a file system that is in use.',
  domain: 'system',
  unit: 'ratio',
  direction: 'lower',
  by: ['instance'],
  promql: 'disk_used',
  predict: { alert: 'DiskFull', severity: 'warning', limit: 1, side: 'above' },
};
const timing: Timing = {
  ...{ interval: '15s', window: '5m', businessWindow: '1h', longWindow: '1w', baseline: '1d' },
  ...{ for: '2m', keepFiringFor: '3m', trend: '6h', horizon: '6h' },
};

it.each([
  ['1h', '1800s'],
  ['61s', '30s'],
  ['1s', '0s'],
])('asks for a level half a trend of %s ago, in whole seconds as PromQL wants them', (trend, half) => {
  const links = { runbooks: 'docs/alerts/', dashboards: '/d/' };
  const { expr } = predictiveAlert(diskUsed, { timing: { ...timing, trend }, links });
  expect(expr).toContain(`[5m] offset ${half})`);
});
