import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { type ScoreModel } from '../../model/score';
import { type Operation } from '../operation';
import { DomainList } from './DomainList';
import { LossList } from './LossList';
import { scoreLayout, SHARE } from './score-layout';
import { Total } from './Total';

interface Props {
  operation: Operation;
  score: ScoreModel;
  width: number;
  height: number;
}

/** The total, the domains, and what costs points, as there is room for them. */
export function ScoreGraph({ operation, score, width, height }: Props) {
  const styles = useStyles2(getStyles);
  const layout = scoreLayout({ width, height }, score.domains.length);
  const { isWide, scale, totalPx } = layout;
  const part = isWide ? styles.part : undefined;
  return (
    <div
      className={isWide ? styles.wide : styles.narrow}
      style={{ height, fontSize: `${Math.min(scale, 1.4)}em` }}
      tabIndex={0}
      role="group"
      aria-label="Score and losses"
    >
      <div style={isWide ? { flex: `0 0 ${totalPx}px` } : undefined}>
        <Total score={score} isTall={isWide && height > 130} width={totalPx} scale={scale} />
      </div>
      {layout.withDomains && (
        <div className={part && cx(part, styles.domains)}>
          <DomainList score={score} width={layout.domainsPx} rowPx={layout.domainRowPx} />
        </div>
      )}
      {layout.withLosses && score.losses.length > 0 && (
        <div className={part && cx(part, styles.losses)}>
          <LossList operation={operation} score={score} />
        </div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  wide: css({ display: 'flex', gap: theme.spacing(3), overflow: 'auto' }),
  narrow: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), overflow: 'auto' }),
  part: css({ minWidth: 0, overflow: 'hidden' }),
  domains: css({ flex: `${SHARE.domains} 1 0` }),
  losses: css({ flex: `${SHARE.losses} 1 0` }),
});
