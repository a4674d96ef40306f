import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { type ShippedPanel } from '../dashboard/shipped';
import { PanelCard, type PanelCardProps } from './PanelCard';

/**
 * The shipped panels, or the one that the address describes: the first of the shipped ones, changed by a JSON object such as
 * `{"title":"Alerts","options":{"views":["alerts"]},"targets":[{"refId":"A","expr":"ALERTS"}]}`.
 */
export function panelsShown(shipped: ShippedPanel[], alone: string | undefined): ShippedPanel[] {
  return alone === undefined ? shipped : [{ ...shipped[0]!, ...(JSON.parse(alone) as Partial<ShippedPanel>) }];
}

/** One panel, as large as the window: to try options and queries of one's own, and to take its picture. */
export function PanelAlone(props: PanelCardProps) {
  const styles = useStyles2(getStyles);
  return (
    <main className={styles.window}>
      <h1 className="sr-only">{props.panel.title}</h1>
      <PanelCard {...props} />
    </main>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  window: css({ height: '100vh', background: theme.colors.background.canvas }),
});
