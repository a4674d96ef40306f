import { css } from '@emotion/css';
import { type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { firstSample } from '../../frames';
import { type ScoreModel } from '../../model/score';
import { FieldLink } from '../FieldLink';
import { momentWithin, points } from '../format';
import { Sparkline } from '../Sparkline';
import { useViewContext } from '../view-context';
import { scoreField, scoreText } from './score-words';

interface Props {
  score: ScoreModel;
  /** The figure above its line, or beside it. */
  isTall: boolean;
  width: number;
  scale: number;
}

const FIGURE_PX = { number: 120, interval: 180 };
const NUMBER_PX = 44;
/** Of two numbers with a dash between them. */
const INTERVAL_PX = 26;

/** The score of the operation, how it got there, and what it was at the beginning of the range. */
export function Total({ score, isTall, width, scale }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { timeZone, timeRange } = useViewContext();
  const { text, color, textColor, words } = scoreText(score.total, scoreField(score), { theme, timeZone });
  const { series } = score;
  const isLong = text.length > 5;
  const figurePx = (isLong ? FIGURE_PX.interval : FIGURE_PX.number) * scale;
  return (
    <div className={isTall ? styles.tall : styles.flat}>
      <div className={styles.figure} style={{ flex: 'none', minWidth: figurePx }}>
        <span className="sr-only">{`Score of the operation: ${words}`}</span>
        <span
          aria-hidden="true"
          className={styles.number}
          style={{ color: textColor, fontSize: (isLong ? INTERVAL_PX : NUMBER_PX) * scale }}
        >
          {series === undefined ? (
            text
          ) : (
            <FieldLink field={series.field} rowIndex={series.rowIndex}>
              {text}
            </FieldLink>
          )}
        </span>
        <span className={styles.note}>{noteOf(score, timeRange, timeZone)}</span>
      </div>
      {series !== undefined && (
        <Sparkline
          series={series}
          width={Math.max(40, isTall ? width - 8 : width - figurePx - 24)}
          height={(isTall ? 44 : 36) * scale}
          color={score.total.status === 'scored' ? color : theme.colors.text.disabled}
          fromMs={timeRange.from.valueOf()}
          toMs={timeRange.to.valueOf()}
        />
      )}
    </div>
  );
}

function noteOf({ total, series }: ScoreModel, { from, to }: TimeRange, timeZone: string): string {
  if (total.status === 'missing') {
    return 'No data for the total';
  }
  if (total.status === 'withheld') {
    return 'Withheld: too much is missing';
  }
  const first = series && firstSample(series);
  if (first === undefined || first === null || series!.values.length < 2) {
    return 'of 100';
  }
  const change = total.score - first.value;
  const since = momentWithin(first.timeMs, to.valueOf() - from.valueOf(), timeZone);
  if (Math.abs(change) < 0.05) {
    return `of 100, as at ${since}`;
  }
  return `${change > 0 ? '+' : '−'}${points(Math.abs(change))} since ${since}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  tall: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  flat: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(2) }),
  figure: css({ display: 'flex', flexDirection: 'column' }),
  number: css({
    whiteSpace: 'nowrap',
    lineHeight: 1.15,
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
  }),
  note: css({ fontSize: '0.86em', color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
});
