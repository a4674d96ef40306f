import { type DataFrame, dateTime, EventBusSrv, LoadingState, type PanelData, type PanelProps } from '@grafana/data';
import React from 'react';
import { DEFAULTS, type OperationsOptions } from '../options/options';
import { OperationsPanel } from '../view/OperationsPanel';

export interface Given {
  frames: readonly DataFrame[];
  options?: Partial<OperationsOptions>;
  size?: { width: number; height: number };
  data?: Partial<PanelData>;
  fromMs?: number;
  toMs?: number;
}

/** The panel as a dashboard would render it, with no field configuration. */
export function panelOf({
  frames,
  options,
  size = { width: 1300, height: 800 },
  data,
  fromMs = 0,
  toMs = 3_600_000,
}: Given) {
  const timeRange = { from: dateTime(fromMs), to: dateTime(toMs), raw: { from: 'now-1h', to: 'now' } };
  const props = {
    ...{ id: 1, title: '', transparent: false, renderCounter: 0, timeZone: 'utc', timeRange, ...size },
    data: { state: LoadingState.Done, series: [...frames], timeRange, ...data },
    options: { ...DEFAULTS, ...options },
    fieldConfig: { defaults: {}, overrides: [] },
    eventBus: new EventBusSrv(),
    replaceVariables: (text: string, scoped: Record<string, { value: string }> = {}) =>
      text.replace(/\$\{(\w+)\}/g, (whole, name: string) => scoped[name]?.value ?? whole),
  };
  return <OperationsPanel {...(props as unknown as PanelProps<OperationsOptions>)} />;
}
