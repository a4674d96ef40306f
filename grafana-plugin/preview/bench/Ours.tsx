import { EventBusSrv, getPanelOptionsWithDefaults, type PanelData, type PanelPlugin } from '@grafana/data';
import React from 'react';
import { NO_FIELD_CONFIG } from './given';

export interface Size {
  width: number;
  height: number;
}

export interface OursProps {
  plugin: PanelPlugin;
  views: readonly string[];
  maxTrends: number;
  data: PanelData;
  size: Size;
}

const eventBus = new EventBusSrv();
const optionsByViews = new Map<string, unknown>();
const asItIs = (text: string) => text;
const nothing = () => undefined;

/** The built panel, with some of its views. */
export function Ours({ plugin, views, maxTrends, data, size }: OursProps) {
  const Panel = plugin.panel!;
  return (
    <Panel
      id={1}
      title=""
      data={data}
      timeRange={data.timeRange}
      options={optionsOf(plugin, views, maxTrends)}
      fieldConfig={NO_FIELD_CONFIG}
      timeZone="utc"
      transparent={false}
      renderCounter={0}
      eventBus={eventBus}
      replaceVariables={asItIs}
      onChangeTimeRange={nothing}
      onOptionsChange={nothing}
      onFieldConfigChange={nothing}
      {...size}
    />
  );
}

/** The same object at each refresh, as in a dashboard. */
function optionsOf(plugin: PanelPlugin, views: readonly string[], maxTrends: number): unknown {
  const key = views.join();
  const known = optionsByViews.get(key);
  if (known !== undefined) {
    return known;
  }
  const { options } = getPanelOptionsWithDefaults({
    plugin,
    currentOptions: { views, maxTrends, arrangement: 'tiles' },
    currentFieldConfig: NO_FIELD_CONFIG,
    isAfterPluginChange: false,
  });
  optionsByViews.set(key, options);
  return options;
}
