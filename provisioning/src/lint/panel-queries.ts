import { withoutVariables, type VariableValues } from '../promql/variables.ts';
import { dashboardOf, panelsOf } from './dashboard.ts';
import { readProject } from './project.ts';

/** A query of a panel as Prometheus can be asked it. */
export interface PanelQuery {
  dashboard: string;
  panel: string;
  expr: string;
}

/** The queries of all panels of the dashboards that ship. */
export function panelQueries(values: VariableValues): PanelQuery[] {
  return readProject()
    .dashboards.map(dashboardOf)
    .flatMap((dashboard) =>
      panelsOf(dashboard).flatMap(({ panel }) =>
        (panel.targets ?? []).map(({ expr = '' }) => ({
          dashboard: dashboard.uid ?? '',
          panel: panel.title ?? '',
          expr: withoutVariables(expr, values),
        })),
      ),
    );
}
