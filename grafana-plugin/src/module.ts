import { PanelPlugin } from '@grafana/data';
import { migrateOptions } from './options/migration';
import { type OperationsFieldConfig, type OperationsOptions } from './options/options';
import { addPanelOptions, FIELD_CONFIG } from './options/panel-options';
import { suggestionsSupplier } from './options/suggestions';
import { OperationsPanel } from './view/OperationsPanel';

export const plugin = new PanelPlugin<OperationsOptions, OperationsFieldConfig>(OperationsPanel)
  .setPanelOptions(addPanelOptions)
  .useFieldConfig(FIELD_CONFIG)
  .setMigrationHandler(migrateOptions)
  .setSuggestionsSupplier(suggestionsSupplier)
  .setDataSupport({ annotations: true, alertStates: false });
