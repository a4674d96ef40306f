import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import React, { memo } from 'react';
import { type Entity } from '../../model/entities';
import { FieldLink, hasLinks } from '../FieldLink';
import { percent, points } from '../format';
import { type ScoreReader, type ScoreText } from '../score/score-words';

interface Tile {
  entity: Entity;
  score: ScoreText;
  isCompact: boolean;
  styles: ReturnType<typeof tileStyles>;
}

/** A name, a score, and what costs it most. There are hundreds, so each has as few elements as it can do with. */
export const EntityTile = memo(function EntityTile({ entity, score, isCompact, styles }: Tile) {
  const { name, state, series } = entity;
  const look = {
    className: state.status === 'scored' ? styles.scored : styles.unknown,
    style: { borderLeftColor: score.color },
  };
  const content = (
    <>
      <span className={styles.name}>{name}</span>
      <span className={styles.score} style={{ color: score.textColor }}>
        <Said score={score} />
      </span>
      {!isCompact && <span className={styles.reason}>{reasonOf(entity)}</span>}
    </>
  );
  if (!hasLinks(series.field)) {
    return <li {...look}>{content}</li>;
  }
  return (
    <li className={styles.linked}>
      <FieldLink {...look} field={series.field} rowIndex={series.rowIndex}>
        {content}
      </FieldLink>
    </li>
  );
}, looksAlike);

function Said({ score: { text, words } }: Pick<Tile, 'score'>) {
  if (text === words) {
    return text;
  }
  return (
    <>
      <span aria-hidden="true">{text}</span>
      <span className="sr-only">{words}</span>
    </>
  );
}

/** Whether a tile may stay as it is. Each answer has new fields, which only a tile with links has a use for. */
function looksAlike(before: Tile, after: Tile): boolean {
  return (
    before.entity.name === after.entity.name &&
    before.entity.state.status === after.entity.state.status &&
    before.score.words === after.score.words &&
    before.score.color === after.score.color &&
    before.score.textColor === after.score.textColor &&
    before.isCompact === after.isCompact &&
    before.styles === after.styles &&
    (after.isCompact || reasonOf(before.entity) === reasonOf(after.entity)) &&
    !hasLinks(before.entity.series.field) &&
    !hasLinks(after.entity.series.field)
  );
}

/** All that there is to say about an entity, in a line: compact tiles leave out the reason, and long names are cut. */
export function tileTitle(entity: Entity, read: ScoreReader): string {
  const { words } = read(entity.state, entity.series.field);
  const reason = reasonOf(entity);
  return `${entity.name}: ${words}${reason === '' ? '' : `, ${reason}`}`;
}

export function reasonOf({ worst, coverage, state }: Entity): string {
  if (worst !== undefined) {
    return `${worst.title} costs ${points(worst.points)}`;
  }
  return state.status === 'withheld' ? `${percent(coverage)} of its weight is known` : '';
}

const EDGE_PX = 4;
const UNKNOWN_EDGE_PX = 2;
/** Of its place in the grid, which does not depend on what is in it: a tile that changes lays out no other. */
const CONTAINED = { contain: 'size layout style' } as const;

export const tileStyles = (theme: GrafanaTheme2) => {
  const tile = {
    ...CONTAINED,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    alignContent: 'center',
    columnGap: theme.spacing(1),
    width: '100%',
    height: '100%',
    padding: theme.spacing(0.5, 1),
    border: 'none',
    borderLeft: `${EDGE_PX}px solid`,
    textAlign: 'left',
    color: theme.colors.text.primary,
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    'a&:hover, button&:hover': { background: theme.colors.action.hover },
    'a&:focus-visible, button&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  } as const;
  const unknown = {
    borderLeft: `${UNKNOWN_EDGE_PX}px dashed`,
    paddingLeft: `calc(${theme.spacing(1)} + ${EDGE_PX - UNKNOWN_EDGE_PX}px)`,
  };
  return { scored: css(tile), unknown: css({ ...tile, ...unknown }), linked: css(CONTAINED), ...textStyles(theme) };
};

const textStyles = (theme: GrafanaTheme2) => ({
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
    flex: '0 0 100%',
  }),
});
