import { css } from '@emotion/css';
import { type Field, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { memo } from 'react';
import { type Entity } from '../../model/entities';
import { FieldLink } from '../FieldLink';
import { percent, points } from '../format';
import { type ScoreReader } from '../score/score-words';

/** What a tile shows, and the field whose links it carries. */
interface Tile {
  name: string;
  isScored: boolean;
  text: string;
  words: string;
  color: string;
  textColor: string;
  reason: string;
  isCompact: boolean;
  field: Field;
  rowIndex: number;
}

/** A name, a score, and what costs it most. */
export const EntityTile = memo(function EntityTile(tile: Tile) {
  const styles = useStyles2(getStyles);
  const { name, isScored, text, words, color, textColor, reason, isCompact, field, rowIndex } = tile;
  return (
    <FieldLink
      className={isScored ? styles.scored : styles.unknown}
      style={{ borderLeftColor: color }}
      {...{ field, rowIndex }}
    >
      <span className={styles.line} title={`${name}: ${words}${reason === '' ? '' : `, ${reason}`}`}>
        <span className={styles.name}>{name}</span>
        <span className={styles.score} style={{ color: textColor }}>
          <Score text={text} words={words} />
        </span>
      </span>
      {!isCompact && <span className={styles.reason}>{reason}</span>}
    </FieldLink>
  );
}, looksAlike);

function Score({ text, words }: Pick<Tile, 'text' | 'words'>) {
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

export function tileOf(entity: Entity, { read, isCompact }: { read: ScoreReader; isCompact: boolean }): Tile {
  const { name, state, series } = entity;
  const { field, rowIndex } = series;
  const isScored = state.status === 'scored';
  return { name, isScored, ...read(state, field), reason: reasonOf(entity), isCompact, field, rowIndex };
}

/** Whether a tile may stay as it is. Each answer has new fields, which only a tile with links has a use for. */
function looksAlike(before: Tile, { field, ...after }: Tile): boolean {
  const hasLinks = [before.field, field].some(({ config }) => (config.links?.length ?? 0) > 0);
  const names = Object.keys(after) as Array<keyof typeof after>;
  return !hasLinks && names.every((name) => before[name] === after[name]);
}

export function reasonOf({ worst, coverage, state }: Entity): string {
  if (worst !== undefined) {
    return `${worst.title} costs ${points(worst.points)}`;
  }
  return state.status === 'withheld' ? `${percent(coverage)} of its weight is known` : '';
}

const EDGE_PX = 4;
const UNKNOWN_EDGE_PX = 2;

const getStyles = (theme: GrafanaTheme2) => {
  const tile = {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    width: '100%',
    height: '100%',
    padding: theme.spacing(0.5, 1),
    border: 'none',
    borderLeft: `${EDGE_PX}px solid`,
    textAlign: 'left',
    color: theme.colors.text.primary,
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    overflow: 'hidden',
    'a&:hover, button&:hover': { background: theme.colors.action.hover },
    'a&:focus-visible, button&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  } as const;
  const unknown = {
    borderLeft: `${UNKNOWN_EDGE_PX}px dashed`,
    paddingLeft: `calc(${theme.spacing(1)} + ${EDGE_PX - UNKNOWN_EDGE_PX}px)`,
  };
  return { scored: css(tile), unknown: css({ ...tile, ...unknown }), ...textStyles(theme) };
};

const textStyles = (theme: GrafanaTheme2) => ({
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
