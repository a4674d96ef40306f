import { type GrafanaTheme2 } from '@grafana/data';
import { type IconName } from '@grafana/ui';
import { passed, type Threshold } from '../../model/thresholds';
import { type Trend, type TrendState } from '../../model/trends';
import { ago, type Display, shortTextOf } from '../format';

interface StateStyle {
  icon: IconName;
  color: (theme: GrafanaTheme2) => string;
}

/** Shape and colour of a state; the words beside them say the same. */
export const LOOK: Readonly<Record<TrendState, StateStyle>> = {
  critical: { icon: 'exclamation-circle', color: ({ colors }) => colors.error.text },
  warning: { icon: 'exclamation-triangle', color: ({ colors }) => colors.warning.text },
  deviates: { icon: 'arrow-random', color: ({ colors }) => colors.info.text },
  missing: { icon: 'question-circle', color: ({ colors }) => colors.text.secondary },
  learning: { icon: 'hourglass', color: ({ colors }) => colors.text.secondary },
  normal: { icon: 'check-circle', color: ({ colors }) => colors.success.text },
};

/** `above critical 5 s`, `4.6 scales above normal`, `may pass warning 90 % in 2 hours`. */
export function stateText(trend: Trend, display: Display, timeZone: string): string {
  const { state, value, thresholds, zscore, heading } = trend;
  const beyond = passed(value, thresholds);
  if (beyond !== undefined) {
    return `${beyond.bad} ${thresholdText(beyond, display)}`;
  }
  if (state === 'missing') {
    return 'no data now';
  }
  if (heading !== undefined) {
    return `may pass ${thresholdText(heading.threshold, display)} ${ago(heading.atMs, timeZone)}`;
  }
  if (state === 'learning') {
    return 'learning what is normal';
  }
  if (zscore === undefined) {
    return '';
  }
  const scales = `${Math.abs(zscore).toFixed(1)} scales ${zscore < 0 ? 'below' : 'above'} normal`;
  return state === 'deviates' ? scales : 'normal';
}

function thresholdText({ severity, value }: Threshold, display: Display): string {
  return `${severity} ${shortTextOf(display(value))}`;
}
