import { type FieldConfigSource } from '@grafana/data';

/** The parts of a dashboard's JSON that the preview shows. */
export interface ShippedDashboard {
  title: string;
  description: string;
  time: { from: string; to: string };
  refresh: string;
  templating: { list: Variable[] };
  annotations: { list: AnnotationQuery[] };
  panels: ShippedPanel[];
}

export interface Variable {
  type: string;
  name: string;
  label?: string;
  definition?: string;
}

export interface AnnotationQuery {
  name: string;
  enable: boolean;
  iconColor?: string;
  titleFormat?: string;
  textFormat?: string;
  target: { expr: string };
}

export interface Target {
  refId: string;
  expr: string;
  instant?: boolean;
  range?: boolean;
  format?: 'time_series' | 'table' | 'heatmap';
  legendFormat?: string;
}

export interface ShippedPanel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  options?: Record<string, unknown>;
  fieldConfig?: FieldConfigSource;
  targets?: Target[];
  panels?: ShippedPanel[];
}

const NAME = 'evenkeel-operations';

export async function readShippedDashboard(): Promise<ShippedDashboard> {
  const response = await fetch(`/dashboards/${NAME}.json`);
  if (!response.ok) {
    throw new Error(`the shipped dashboard ${NAME} cannot be read`);
  }
  return (await response.json()) as ShippedDashboard;
}

/** The dashboard's panels of a type, those in closed rows too. */
export function panelsOfType({ panels }: ShippedDashboard, type: string): ShippedPanel[] {
  return panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).filter((panel) => panel.type === type);
}

/** Panels that the preview cannot show: Grafana's own are part of Grafana, and on npm there are none. */
export function otherPanels({ panels }: ShippedDashboard, type: string): ShippedPanel[] {
  return panels
    .flatMap((panel) => [panel, ...(panel.panels ?? [])])
    .filter((panel) => panel.type !== type && panel.type !== 'row');
}
