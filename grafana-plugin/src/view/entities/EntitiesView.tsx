import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { type PointerEvent, type UIEvent, useMemo, useState } from 'react';
import { type Entity, type EntityModel, readEntities } from '../../model/entities';
import { Lacking } from '../Lacking';
import { scoreReader } from '../score/score-words';
import { useViewContext } from '../view-context';
import { View } from '../View';
import { type ViewProps } from '../operation';
import { EntitiesTable } from './EntitiesTable';
import { EntityTile, tileStyles, tileTitle } from './EntityTile';
import { grid, type Grid, visibleRows } from './grid';

/** Sites, services and hosts as tiles, the worst first. */
export function EntitiesView({ operation, width, height }: ViewProps) {
  const { options } = useViewContext();
  const { set, lacks } = operation;
  const label = options.entityLabel.trim();
  const model = useMemo(() => readEntities(set, label), [set, label]);
  if (model === undefined || model.entities.length === 0) {
    return <Lacking what={`entities${label === '' ? '' : ` by ${label}`}`} needs={lacks.entities} height={height} />;
  }
  return (
    <View
      title="Entities"
      note={noteOf(model)}
      lacks={lacks.entities}
      height={height}
      graph={(bodyPx) => <TileGrid entities={model.entities} width={width} height={bodyPx} />}
      table={(bodyPx) => <EntitiesTable entities={model.entities} height={bodyPx} />}
    />
  );
}

/** Of a thousand tiles, only those in sight are in the document. */
function TileGrid({ entities, width, height }: { entities: readonly Entity[]; width: number; height: number }) {
  const styles = useStyles2(getStyles);
  const tile = useStyles2(tileStyles);
  const theme = useTheme2();
  const { timeZone } = useViewContext();
  const [scrolledPx, setScrolledPx] = useState(0);
  const read = useMemo(() => scoreReader({ theme, timeZone }), [theme, timeZone]);
  const layout = grid(entities.length, { width, height });
  const { first, last } = visibleRows(layout, { height, scrolledPx });
  const shown = entities.slice(first * layout.columns, last * layout.columns);
  const putTitle = ({ target, currentTarget }: PointerEvent<HTMLElement>) => {
    const item = (target as Element).closest('li');
    const entity = shown[[...currentTarget.children].indexOf(item!)];
    // On the text itself, where a link around it has a title of its own.
    const place = target instanceof HTMLSpanElement ? target : item;
    place?.setAttribute('title', entity === undefined ? '' : tileTitle(entity, read));
  };
  return (
    <div
      className={styles.scroll}
      style={{ height }}
      tabIndex={0}
      role="group"
      aria-label="Entities, worst first"
      onScroll={(event: UIEvent<HTMLElement>) => setScrolledPx(event.currentTarget.scrollTop)}
    >
      <ul className={styles.grid} style={tracksOf(layout, first)} onPointerOver={putTitle}>
        {shown.map((entity, index) => (
          // By place: what has changed its rank is written anew, which takes less time than moving it and all behind it.
          <EntityTile
            key={first * layout.columns + index}
            entity={entity}
            score={read(entity.state, entity.series.field)}
            isCompact={layout.isCompact}
            styles={tile}
          />
        ))}
      </ul>
    </div>
  );
}

/** Rows of equal tiles below the room of those that are scrolled out of sight. */
function tracksOf({ columns, tileWidth, rows, rowPx, gapPx }: Grid, first: number) {
  return {
    height: rows * rowPx,
    paddingTop: first * rowPx,
    gridTemplateColumns: `repeat(${columns}, ${tileWidth}px)`,
    gridAutoRows: rowPx - gapPx,
    gap: gapPx,
  };
}

function noteOf({ entities, label }: EntityModel): string {
  const unknown = entities.filter(({ state }) => state.status !== 'scored').length;
  const what = label === '' ? `${entities.length}` : `${entities.length} by ${label}`;
  return unknown === 0 ? what : `${what}, ${unknown} without a score`;
}

const getStyles = (_theme: GrafanaTheme2) => ({
  // A layer of its own: else whatever moves on the panel, such as the cursor of a plot, goes through all tiles at each frame.
  scroll: css({ overflowX: 'hidden', overflowY: 'auto', willChange: 'transform' }),
  grid: css({ display: 'grid', alignContent: 'start', listStyle: 'none', margin: 0, padding: 0 }),
});
