import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type AnnotationQuery,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type Panel,
  RowBuilder,
  type RowPanel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { otherDashboards, TAG } from './links.ts';
import { panelId } from './panel-id.ts';
import { datasourceVariable, type LabelChoice, labelVariable } from './variables.ts';

/** A dashboard before it is laid out. */
export interface Board {
  uid: string;
  title: string;
  description: string;
  choices: readonly LabelChoice[];
  annotations: readonly Builder<AnnotationQuery>[];
  rows: readonly Row[];
}

/** Panels that answer one question, which is the row's title. */
export interface Row {
  title: string;
  panels: readonly Builder<Panel>[];
  /** Closed at first: its panels ask nothing until somebody opens it. */
  collapsed?: boolean;
}

/** The format that files are provisioned in, and that Grafana 12 and later read. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- version 2 cannot be provisioned from files on Grafana 12
export type ClassicDashboard = Dashboard;

const GRID_COLUMNS = 24;

/** The dashboard as Grafana reads it: variables, annotations, links to the others, and its rows laid out from the top. */
export function buildDashboard({
  uid,
  title,
  description,
  choices,
  annotations,
  rows,
}: Board): ClassicDashboard {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see ClassicDashboard
  const dashboard = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .time({ from: 'now-1h', to: 'now' })
    .refresh('15s')
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([datasourceVariable(), ...choices.map(labelVariable)])
    .annotations([...annotations])
    .link(otherDashboards())
    .build();
  return { ...dashboard, panels: layOut(rows.filter(({ panels }) => panels.length > 0)) };
}

function layOut(rows: readonly Row[]): (Panel | RowPanel)[] {
  let y = 0;
  return rows.flatMap(({ title, panels, collapsed = false }) => {
    const heading = new RowBuilder(title)
      .id(panelId(`row: ${title}`))
      .gridPos({ x: 0, y, w: GRID_COLUMNS, h: 1 })
      .collapsed(collapsed)
      .build();
    const placed = flow(
      panels.map((panel) => panel.build()),
      y + 1,
    );
    // The panels of a closed row are in it and take no room.
    y = collapsed ? y + 1 : placed.bottom;
    return collapsed ? [{ ...heading, panels: placed.panels }] : [heading, ...placed.panels];
  });
}

/** Each panel as high up as there is room for it, and there as far left: a small one goes below a small one. */
function flow(panels: readonly Panel[], top: number): { panels: Panel[]; bottom: number } {
  // How far down each column is taken.
  const depths = Array.from({ length: GRID_COLUMNS }, () => top);
  const placed = panels.map((panel): Panel => {
    const { w, h } = panel.gridPos ?? { w: GRID_COLUMNS, h: 8 };
    const tops = Array.from({ length: GRID_COLUMNS - w + 1 }, (_, x) => Math.max(...depths.slice(x, x + w)));
    const y = Math.min(...tops);
    const x = tops.indexOf(y);
    depths.fill(y + h, x, x + w);
    return { ...panel, gridPos: { x, y, w, h } };
  });
  return { panels: placed, bottom: Math.max(...depths) };
}
