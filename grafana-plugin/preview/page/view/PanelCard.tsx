import {
  applyFieldOverrides,
  type EventBus,
  type FieldConfigSource,
  getPanelOptionsWithDefaults,
  type PanelData,
  type PanelPlugin,
  type PanelProps,
  type TimeRange,
} from '@grafana/data';
import { ErrorBoundaryAlert, PanelChrome, useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { useSize } from './use-size';

/** A panel of the page: one of the dashboard, or one of its views alone. */
export interface Shown {
  id: number;
  title: string;
  description?: string;
  options?: Record<string, unknown>;
  fieldConfig?: FieldConfigSource;
}

export interface PanelCardProps {
  plugin: PanelPlugin;
  panel: Shown;
  data: PanelData;
  timeRange: TimeRange;
  eventBus: EventBus;
  replaceVariables: PanelProps['replaceVariables'];
  onChangeTimeRange: PanelProps['onChangeTimeRange'];
}

/** What Grafana does around a panel: the frame, options with their defaults, field config, size, and a net below it. */
export function PanelCard({ plugin, panel, data, ...context }: PanelCardProps) {
  const [ref, size] = useSize();
  const error = data.errors?.[0]?.message;
  return (
    <div ref={ref} style={{ height: '100%' }} data-testid={`panel ${panel.title}`}>
      {size !== undefined && (
        <PanelChrome
          {...size}
          title={panel.title}
          description={panel.description}
          loadingState={data.state}
          statusMessage={error}
        >
          {(width: number, height: number) => (
            <ErrorBoundaryAlert boundaryName={panel.title}>
              <PanelContent {...{ plugin, panel, data, width, height, ...context }} />
            </ErrorBoundaryAlert>
          )}
        </PanelChrome>
      )}
    </div>
  );
}

function PanelContent({
  plugin,
  panel,
  data,
  replaceVariables,
  ...rest
}: PanelCardProps & { width: number; height: number }) {
  const theme = useTheme2();
  const { options, fieldConfig } = useMemo(
    () =>
      getPanelOptionsWithDefaults({
        plugin,
        currentOptions: panel.options ?? {},
        currentFieldConfig: panel.fieldConfig ?? { defaults: {}, overrides: [] },
        isAfterPluginChange: false,
      }),
    [plugin, panel]
  );
  const configured = useMemo(
    () => ({
      ...data,
      series: applyFieldOverrides({
        data: data.series,
        fieldConfig,
        fieldConfigRegistry: plugin.fieldConfigRegistry,
        replaceVariables,
        theme,
        timeZone: 'browser',
      }),
    }),
    [data, fieldConfig, plugin, replaceVariables, theme]
  );
  const Panel = plugin.panel!;
  return (
    <Panel
      {...rest}
      id={panel.id}
      title={panel.title}
      data={configured}
      options={options}
      fieldConfig={fieldConfig}
      timeZone="browser"
      transparent={false}
      renderCounter={0}
      replaceVariables={replaceVariables}
      onOptionsChange={() => undefined}
      onFieldConfigChange={() => undefined}
    />
  );
}
