import { css } from '@emotion/css';
import {
  type EventBus,
  type GrafanaTheme2,
  type PanelData,
  type PanelPlugin,
  type PanelProps,
  type TimeRange,
} from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { type ShippedPanel } from '../dashboard/shipped';
import { PanelCard, type Shown } from './PanelCard';

export interface PanelsProps {
  plugin: PanelPlugin;
  panels: readonly ShippedPanel[];
  /** How many panels of the dashboard are Grafana's own. */
  others: number;
  data: PanelData;
  timeRange: TimeRange;
  eventBus: EventBus;
  onChangeTimeRange: PanelProps['onChangeTimeRange'];
  replaceVariables: PanelProps['replaceVariables'];
}

/** Each view alone, in the dashboard's grid of 24 columns. */
const VIEWS = [
  { view: 'score', title: 'Score', columns: 8, rows: 12 },
  { view: 'alerts', title: 'Alerts', columns: 8, rows: 12 },
  { view: 'entities', title: 'Entities', columns: 8, rows: 12 },
  { view: 'trends', title: 'Trends', columns: 24, rows: 18 },
  { view: 'enhancements', title: 'Enhancements', columns: 24, rows: 12 },
] as const;
const FIRST_VIEW_ID = 9_000;

export function Panels({ plugin, panels, others, ...rest }: PanelsProps) {
  const styles = useStyles2(getStyles);
  const card = (panel: Shown, columns: number, rows: number) => (
    <div key={panel.id} className={styles.cell} style={{ gridColumn: `span ${columns}`, gridRow: `span ${rows}` }}>
      <PanelCard {...{ plugin, panel, ...rest }} />
    </div>
  );
  return (
    <main className={styles.page}>
      <div className={styles.grid}>{panels.map((panel) => card(panel, panel.gridPos.w, panel.gridPos.h))}</div>
      <h2 className={styles.heading}>A panel for each view</h2>
      <div className={styles.grid}>
        {VIEWS.map(({ view, title, columns, rows }, index) =>
          card({ id: FIRST_VIEW_ID + index, title, options: { views: [view] } }, columns, rows)
        )}
      </div>
      <footer className={styles.footer}>
        This is a preview of the panel, not Grafana. The shipped dashboard has {others} panels more: they are
        Grafana&apos;s own, and a Grafana shows them.
      </footer>
    </main>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ padding: theme.spacing(0, 2, 2), overflow: 'hidden' }),
  heading: css({ ...theme.typography.h5, margin: theme.spacing(3, 0, 1) }),
  // The measures of Grafana's dashboards.
  grid: css({ display: 'grid', gridTemplateColumns: 'repeat(24, minmax(0, 1fr))', gridAutoRows: 30, gap: 8 }),
  cell: css({ [theme.breakpoints.down('md')]: { gridColumn: 'span 24 !important' } }),
  footer: css({ marginTop: theme.spacing(3), color: theme.colors.text.secondary, maxWidth: '80ch' }),
});
