import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { memo } from 'react';
import { type Entity } from '../../model/entities';
import { FieldLink } from '../FieldLink';
import { percent, points } from '../format';
import { type ScoreReader } from '../score/score-words';

interface Props {
  entity: Entity;
  isCompact: boolean;
  read: ScoreReader;
}

/** A name, a score, and what costs it most. */
export const EntityTile = memo(function EntityTile({ entity, isCompact, read }: Props) {
  const styles = useStyles2(getStyles);
  const { name, state, series } = entity;
  const { text, color, textColor, words } = read(state, series.field);
  const reason = reasonOf(entity);
  return (
    <FieldLink className={styles.tile} field={series.field} rowIndex={series.rowIndex}>
      <span
        className={styles.edge}
        style={{ background: state.status === 'scored' ? color : 'transparent', borderColor: color }}
      />
      <span className={styles.line} title={`${name}: ${words}${reason === '' ? '' : `, ${reason}`}`}>
        <span className={styles.name}>{name}</span>
        <span className={styles.score} style={{ color: textColor }}>
          <span aria-hidden="true">{text}</span>
          <span className="sr-only">{words}</span>
        </span>
      </span>
      {!isCompact && <span className={styles.reason}>{reason}</span>}
    </FieldLink>
  );
});

export function reasonOf({ worst, coverage, state }: Entity): string {
  if (worst !== undefined) {
    return `${worst.title} costs ${points(worst.points)}`;
  }
  return state.status === 'withheld' ? `${percent(coverage)} of its weight is known` : '';
}

const getStyles = (theme: GrafanaTheme2) => ({
  tile: css({
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    width: '100%',
    height: '100%',
    padding: theme.spacing(0.5, 1, 0.5, 1.5),
    border: 'none',
    textAlign: 'left',
    color: theme.colors.text.primary,
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    overflow: 'hidden',
    'a&:hover, button&:hover': { background: theme.colors.action.hover },
    'a&:focus-visible, button&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  edge: css({ position: 'absolute', left: 0, top: 0, bottom: 0, width: 4, borderLeft: '2px dashed' }),
  line: css({ display: 'flex', alignItems: 'baseline', gap: theme.spacing(1), width: '100%' }),
  name: css({ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  score: css({
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  }),
  reason: css({
    ...theme.typography.bodySmall,
    color: theme.colors.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    width: '100%',
  }),
});
