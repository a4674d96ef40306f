import { PanelPlugin } from '@grafana/data';
import { OperationsPanel } from './view/OperationsPanel';
export const plugin = new PanelPlugin(OperationsPanel);
