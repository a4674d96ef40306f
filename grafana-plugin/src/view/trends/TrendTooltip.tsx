import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { type Mark } from '../../frames';
import { type Forecast } from '../../model/forecast';
import { type Trend } from '../../model/trends';
import { type Display, moment, textOf } from '../format';
import { useViewContext } from '../view-context';
import { sampleAt } from './plot-data';
import { timeSpan } from './plot-config';

interface Props {
  trend: Trend;
  marks: readonly Mark[];
  timeMs: number | undefined;
  display: Display;
}

/** How near a mark must be to be named, as a share of the time shown. */
const NEAR_SHARE = 0.01;

export function TrendTooltip({ trend, marks, timeMs, display }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone, timeRange } = useViewContext();
  if (timeMs === undefined) {
    return null;
  }
  const [from, to] = timeSpan({ timeRange, withForecast: false });
  const near = marks.filter((mark) => Math.abs(mark.timeMs - timeMs) <= (to - from) * NEAR_SHARE);
  return (
    <div className={styles.tooltip} data-testid="evenkeel trend tooltip">
      <div className={styles.time}>{moment(timeMs, timeZone)}</div>
      {linesAt(trend, timeMs, display).map(([name, text]) => (
        <div key={name} className={styles.line}>
          <span>{name}</span>
          <span className={styles.value}>{text}</span>
        </div>
      ))}
      {near.slice(0, 5).map((mark) => (
        <div key={`${mark.timeMs} ${mark.text}`} className={styles.mark}>
          {mark.text}
        </div>
      ))}
    </div>
  );
}

/** What there is to say about a time: before now the value and what was normal, after now the forecast. */
function linesAt({ title, series, band, forecast }: Trend, timeMs: number, display: Display): Array<[string, string]> {
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : textOf(display(value));
  const lastMs = series.timesMs.at(-1) ?? -Infinity;
  if (forecast !== undefined && timeMs > lastMs) {
    const index = indexIn(forecast, timeMs);
    return [
      [`${title}, forecast`, text(forecast.center[index])],
      ['80 % between', `${text(forecast.low[index])} and ${text(forecast.high[index])}`],
    ];
  }
  const index = sampleAt(series, timeMs);
  const low = band?.low[index] ?? null;
  return [
    [title, text(series.values[index])],
    ...(low === null ? [] : [['Normal', `${text(low)} to ${text(band?.high[index])}`] as [string, string]]),
  ];
}

function indexIn({ timesMs }: Forecast, timeMs: number): number {
  return Math.max(0, sampleAt({ timesMs }, timeMs));
}

const getStyles = (theme: GrafanaTheme2) => ({
  tooltip: css({ padding: theme.spacing(1), ...theme.typography.bodySmall, whiteSpace: 'normal', maxWidth: 320 }),
  time: css({ color: theme.colors.text.secondary, marginBottom: theme.spacing(0.5) }),
  line: css({ display: 'flex', justifyContent: 'space-between', gap: theme.spacing(2) }),
  value: css({
    fontVariantNumeric: 'tabular-nums',
    fontWeight: theme.typography.fontWeightMedium,
    whiteSpace: 'nowrap',
  }),
  mark: css({ marginTop: theme.spacing(0.5), color: theme.colors.info.text }),
});
