import { type HideableFieldConfig } from '@grafana/schema';
import { type ViewName } from '../frames';

export type Arrangement = 'auto' | 'tiles' | 'tabs';

export interface OperationsOptions {
  /** In this order; none means every view that the data can fill. */
  views: ViewName[];
  arrangement: Arrangement;
  /** Everything as tables, or drawn. */
  showAs: 'graph' | 'table';
  whatIf: boolean;
  maxTrends: number;
  showBand: boolean;
  showForecast: boolean;
  showMarks: boolean;
  showPending: boolean;
  alertGroupLabel: string;
  runbookUrl: string;
  dashboardUrl: string;
  entityLabel: string;
}

export const DEFAULTS: OperationsOptions = {
  views: [],
  arrangement: 'auto',
  showAs: 'graph',
  whatIf: true,
  maxTrends: 12,
  showBand: true,
  showForecast: true,
  showMarks: true,
  showPending: true,
  alertGroupLabel: '',
  runbookUrl: '',
  dashboardUrl: '',
  entityLabel: '',
};

/** Options of a field beside Grafana's standard ones. */
export interface OperationsFieldConfig extends HideableFieldConfig {
  /** Draws the field's own thresholds on its trend, instead of those of its alerts. */
  showThresholds?: boolean;
}
