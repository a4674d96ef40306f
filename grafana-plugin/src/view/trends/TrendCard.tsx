import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, useTheme2 } from '@grafana/ui';
import React, { memo, useMemo } from 'react';
import { type Mark } from '../../frames';
import { type Trend, withBand, withForecast } from '../../model/trends';
import { FieldLink } from '../FieldLink';
import { displayOf, figureOf } from '../format';
import { useIsNear } from '../near';
import { useViewContext } from '../view-context';
import { LOOK, stateText } from './trend-words';
import { TrendPlot } from './TrendPlot';

interface Props {
  trend: Trend;
  marks: readonly Mark[];
  width: number;
  height: number;
}

export const CARD_HEAD_PX = 40;

/** A signal of a target: its name, its value, how it stands, and its plot. */
export const TrendCard = memo(function TrendCard({ trend: plain, marks, width, height }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { timeZone, options, timeRange } = useViewContext();
  const [element, isNear] = useIsNear<HTMLLIElement>();
  const endsNow = String(timeRange.raw.to).includes('now');
  const hasForecast = options.showForecast && endsNow;
  const trend = useMemo(() => {
    const banded = options.showBand ? withBand(plain) : plain;
    return hasForecast ? withForecast(banded) : banded;
  }, [plain, hasForecast, options.showBand]);
  const { field, labels } = trend.series;
  const display = useMemo(() => displayOf(field, { theme, timeZone }, labels.unit), [field, labels, theme, timeZone]);
  const { icon, color } = LOOK[trend.state];
  const said = stateText(trend, display, timeZone);
  return (
    <li ref={element} className={styles.card} style={{ width, height }}>
      <div className={styles.line} title={`${trend.title} ${trend.target}`}>
        <Icon name={icon} size="sm" style={{ color: color(theme), flex: 'none' }} aria-hidden="true" />
        <FieldLink className={styles.title} field={field} rowIndex={trend.series.rowIndex}>
          {trend.title}
        </FieldLink>
        <span className={styles.target}>{trend.target}</span>
        <span className={styles.value}>{trend.value === undefined ? '–' : figureOf(display(trend.value))}</span>
      </div>
      <div className={styles.state}>{said}</div>
      <div className={styles.plot} aria-label={`${trend.title} ${trend.target} over time`} role="group">
        {isNear && (
          <TrendPlot
            trend={trend}
            marks={marks}
            display={display}
            color={theme.visualization.getColorByName('blue')}
            withForecast={hasForecast}
            width={width}
            height={height - CARD_HEAD_PX}
          />
        )}
      </div>
    </li>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({ minWidth: 0 }),
  // Layers cost more than all else at a move of the pointer. So plots are above the texts of all cards, which would each become
  // a layer between them; and their cursors, which uPlot makes layers, are none.
  plot: css({
    position: 'relative',
    zIndex: 1,
    '.u-cursor-x, .u-cursor-y, .u-cursor-pt': { willChange: 'auto' },
  }),
  line: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    height: 22,
    ...theme.typography.bodySmall,
  }),
  title: css({ color: theme.colors.text.primary, whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' }),
  target: css({
    flex: '1 1 4em',
    minWidth: '2em',
    color: theme.colors.text.secondary,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  }),
  value: css({
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  }),
  state: css({
    ...theme.typography.bodySmall,
    height: 18,
    color: theme.colors.text.secondary,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  }),
});
