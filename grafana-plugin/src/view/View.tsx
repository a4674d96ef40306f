import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import React, { type ReactNode, useState } from 'react';
import { type Need } from '../frames';
import { LackingNote } from './Lacking';
import { useViewContext } from './view-context';

interface Props {
  title: string;
  /** Said beside the title, small. */
  note?: ReactNode;
  /** Instead of the note, where the table says more than the drawing. */
  tableNote?: ReactNode;
  lacks: readonly Need[];
  height: number;
  /** Its parts have the height that is left below the header. */
  graph: (height: number) => ReactNode;
  table: (height: number) => ReactNode;
}

const HEADER_PX = 28;

/** The frame that all views share: a small title, what is missing, and a switch between the drawing and its table. */
export function View({ title, note, tableNote = note, lacks, height, graph, table }: Props) {
  const styles = useStyles2(getStyles);
  const { options, hasTabs } = useViewContext();
  const [chosen, setChosen] = useState<'graph' | 'table'>();
  const showAs = chosen ?? options.showAs;
  const other = showAs === 'graph' ? 'table' : 'graph';
  const bodyPx = Math.max(0, height - HEADER_PX);
  return (
    // No landmark: a dashboard may have many panels, and of each view several.
    <div className={styles.view} style={{ height }} role="group" aria-label={title}>
      <div className={styles.header}>
        <h3 className={hasTabs ? 'sr-only' : styles.title}>{title}</h3>
        <div className={styles.note}>{showAs === 'graph' ? note : tableNote}</div>
        <LackingNote lacks={lacks} />
        <IconButton
          name={other === 'table' ? 'table' : 'chart-line'}
          size="sm"
          // Also its name: a panel has several.
          tooltip={`Show ${title.toLowerCase()} as a ${other}`}
          onClick={() => setChosen(other)}
        />
      </div>
      {showAs === 'graph' ? graph(bodyPx) : table(bodyPx)}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', flexDirection: 'column', minWidth: 0, overflow: 'hidden' }),
  header: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    height: HEADER_PX,
    flex: `0 0 ${HEADER_PX}px`,
  }),
  title: css({ ...theme.typography.bodySmall, fontWeight: theme.typography.fontWeightMedium, margin: 0 }),
  note: css({
    flex: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    ...theme.typography.bodySmall,
    color: theme.colors.text.secondary,
  }),
});
