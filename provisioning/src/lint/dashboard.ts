import type { ConfigPath } from '@evenkeel/toolkit';
import type { JsonFile } from './placed-file.ts';

/** The part of a dashboard's JSON that is judged. */
export interface DashboardJson {
  uid?: string;
  tags?: string[];
  panels: PanelJson[];
  links?: { type?: string; tags?: string[] }[];
  templating: { list: VariableJson[] };
  annotations: { list: { target?: { expr?: string } }[] };
}

export interface PanelJson {
  id?: number;
  type: string;
  title?: string;
  description?: string;
  fieldConfig?: { defaults: { unit?: string } };
  targets?: { expr?: string; legendFormat?: string }[];
  /** Of a closed row. */
  panels?: PanelJson[];
}

interface VariableJson {
  name: string;
  type: string;
  query?: string | { query?: string };
}

/** A query as it is written in a dashboard, variables and all. */
export interface WrittenQuery {
  path: ConfigPath;
  expr: string;
  legend: string;
}

export function dashboardOf({ text }: JsonFile): DashboardJson {
  return JSON.parse(text) as DashboardJson;
}

export interface PlacedPanel {
  panel: PanelJson;
  path: ConfigPath;
}

/** All panels and rows with where they stand, those in closed rows too. */
export function everythingIn({ panels }: DashboardJson): PlacedPanel[] {
  return panels.flatMap((panel, index) => [
    { panel, path: ['panels', index] },
    ...(panel.panels ?? []).map((inner, place) => ({
      panel: inner,
      path: ['panels', index, 'panels', place],
    })),
  ]);
}

/** The panels that show something. */
export function panelsOf(dashboard: DashboardJson): PlacedPanel[] {
  return everythingIn(dashboard).filter(({ panel }) => panel.type !== 'row');
}

/** The queries of panels and annotations. */
export function queriesOf(dashboard: DashboardJson): WrittenQuery[] {
  const ofPanels = panelsOf(dashboard).flatMap(({ panel, path }) =>
    (panel.targets ?? []).map(({ expr = '', legendFormat = '' }, index) => ({
      path: [...path, 'targets', index, 'expr'],
      expr,
      legend: legendFormat,
    })),
  );
  const ofAnnotations = dashboard.annotations.list.flatMap(({ target }, index) =>
    target?.expr === undefined
      ? []
      : [{ path: ['annotations', 'list', index, 'target', 'expr'], expr: target.expr, legend: '' }],
  );
  return [...ofPanels, ...ofAnnotations];
}
