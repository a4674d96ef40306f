import { ThresholdsMode } from '@grafana/data';
import { type Threshold } from '../../model/thresholds';
import { type Trend } from '../../model/trends';

/** The thresholds of the field's configuration, where it asks for them on the trend, instead of those of the alerts. */
export function trendThresholds(trend: Trend): Trend {
  const { custom, thresholds } = trend.series.field.config;
  if (custom?.showThresholds !== true || thresholds?.mode !== ThresholdsMode.Absolute) {
    return trend;
  }
  const steps = thresholds.steps.filter(({ value }) => Number.isFinite(value));
  const own = steps.map(({ value }, index): Threshold => {
    return { severity: index === steps.length - 1 ? 'critical' : 'warning', value, bad: 'above' };
  });
  return { ...trend, thresholds: own };
}
