import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { type DomainScore, type ScoreModel } from '../../model/score';
import { FieldLink } from '../FieldLink';
import { percent } from '../format';
import { Sparkline } from '../Sparkline';
import { useViewContext } from '../view-context';
import { ScoreBar } from './ScoreBar';
import { domainTitle, scoreField, scoreText } from './score-words';

const SPARKLINE_PX = 72;
const ROOM_FOR_SPARKLINE_PX = 340;

/** A row a domain: its name, a bar from 0 to 100, its line, its score. */
export function DomainList({ score, width, rowPx }: { score: ScoreModel; width: number; rowPx: number }) {
  const styles = useStyles2(getStyles);
  const withLine = width >= ROOM_FOR_SPARKLINE_PX;
  return (
    <ul className={styles.list} aria-label="Domains">
      {score.domains.map((domain) => (
        <Row key={domain.name} domain={domain} score={score} rowPx={rowPx} withLine={withLine} />
      ))}
    </ul>
  );
}

interface RowProps {
  domain: DomainScore;
  score: ScoreModel;
  rowPx: number;
  withLine: boolean;
}

function Row({ domain, score, rowPx, withLine }: RowProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { timeZone, timeRange } = useViewContext();
  const { series, state, coverage } = domain;
  const { text, color, textColor, words } = scoreText(state, series?.field ?? scoreField(score), { theme, timeZone });
  const title = domainTitle(domain);
  const known = coverage !== undefined && coverage < 1 ? `, ${percent(coverage)} of its weight is known` : '';
  return (
    <li className={styles.row} style={{ height: rowPx }} title={`${title}: ${words}${known}`}>
      <span className={styles.name}>
        {series === undefined ? (
          title
        ) : (
          <FieldLink field={series.field} rowIndex={series.rowIndex}>
            {title}
          </FieldLink>
        )}
      </span>
      <ScoreBar state={state} color={color} />
      {withLine && (
        <span style={{ width: SPARKLINE_PX }}>
          {series !== undefined && (
            <Sparkline
              series={series}
              width={SPARKLINE_PX}
              height={Math.round(rowPx * 0.6)}
              color={theme.colors.text.secondary}
              fromMs={timeRange.from.valueOf()}
              toMs={timeRange.to.valueOf()}
            />
          )}
        </span>
      )}
      <span className={styles.score} style={{ color: textColor }}>
        <span aria-hidden="true">{text}</span>
        <span className="sr-only">{`${words}${known}`}</span>
      </span>
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  name: css({ flex: '0 1 6em', minWidth: '2em', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  score: css({
    flex: '0 0 auto',
    minWidth: '3.2em',
    textAlign: 'right',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    fontWeight: theme.typography.fontWeightMedium,
  }),
});
