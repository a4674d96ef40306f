import { ThresholdsMode } from '@grafana/data';
import { DEVIATES_AT } from '@evenkeel/signals';
import { passed, type Threshold } from '../../model/thresholds';
import { type Trend, TREND_STATES, type TrendState } from '../../model/trends';

/** Trends with the thresholds of their fields' configuration, where it asks for them instead of those of the alerts; worst first. */
export function withFieldThresholds(trends: Trend[]): Trend[] {
  const changed = trends.map(trendThresholds);
  return changed.every((trend, index) => trend === trends[index])
    ? trends
    : changed.sort((a, b) => TREND_STATES.indexOf(a.state) - TREND_STATES.indexOf(b.state));
}

function trendThresholds(trend: Trend): Trend {
  const { custom, thresholds } = trend.series.field.config;
  if (custom?.showThresholds !== true || thresholds?.mode !== ThresholdsMode.Absolute) {
    return trend;
  }
  // Grafana's thresholds have no bad side: it is that of the signal's alerts, else above.
  const bad = trend.thresholds[0]?.bad ?? 'above';
  const values = thresholds.steps.map(({ value }) => value).filter((value) => Number.isFinite(value));
  const mildFirst = bad === 'above' ? values : values.reverse();
  const own = mildFirst.map((value, index): Threshold => {
    return { severity: index === values.length - 1 ? 'critical' : 'warning', value, bad };
  });
  return { ...trend, thresholds: own, state: stateBy(own, trend) };
}

/** What the trend is called by its own thresholds; within them, what it is called without those of its alerts. */
function stateBy(own: readonly Threshold[], { value, state, baseline, zscore = 0, thresholds }: Trend): TrendState {
  const beyond = passed(value, own);
  if (beyond !== undefined && state !== 'missing') {
    return beyond.severity;
  }
  if (state !== 'critical' && state !== 'warning') {
    return state;
  }
  if (baseline?.learning === true) {
    return 'learning';
  }
  const badness = thresholds[0]?.bad === 'below' ? -zscore : zscore;
  return badness > DEVIATES_AT ? 'deviates' : 'normal';
}
