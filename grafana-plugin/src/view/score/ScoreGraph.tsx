import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { type ScoreModel } from '../../model/score';
import { type Operation } from '../operation';
import { DomainList } from './DomainList';
import { LossList } from './LossList';
import { Total } from './Total';

interface Props {
  operation: Operation;
  score: ScoreModel;
  width: number;
  height: number;
}

const WIDE_PX = 640;
const DOMAIN_ROW_PX = 30;
const TOTAL_PX = { beside: 190, above: 76 };
/** Below this, a list of losses is a line and no list. */
const LEAST_LOSSES_PX = 84;

/** Three columns where it is wide; one below the other, as far as the height goes, where it is not. */
export function ScoreGraph({ operation, score, width, height }: Props) {
  const styles = useStyles2(getStyles);
  const isWide = width >= WIDE_PX;
  const domainsPx = score.domains.length * DOMAIN_ROW_PX;
  const lossesPx = isWide ? height : height - TOTAL_PX.above - domainsPx;
  const withDomains = isWide || height >= TOTAL_PX.above + DOMAIN_ROW_PX;
  const withLosses = lossesPx >= LEAST_LOSSES_PX && score.losses.length > 0;
  return (
    <div
      className={isWide ? styles.wide : styles.narrow}
      style={{ height }}
      tabIndex={0}
      role="group"
      aria-label="Score and losses"
    >
      <div style={isWide ? { flex: `0 0 ${TOTAL_PX.beside}px` } : undefined}>
        <Total score={score} isTall={isWide && height > 130} width={isWide ? TOTAL_PX.beside : width} />
      </div>
      {withDomains && (
        <div className={isWide ? styles.part : undefined}>
          <DomainList score={score} width={isWide ? (width - TOTAL_PX.beside) / 2 : width} />
        </div>
      )}
      {withLosses && (
        <div className={isWide ? styles.part : undefined}>
          <LossList operation={operation} score={score} />
        </div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  wide: css({ display: 'flex', gap: theme.spacing(3), overflow: 'auto' }),
  narrow: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), overflow: 'auto' }),
  part: css({ flex: '1 1 0', minWidth: 0 }),
});
