import { type DataFrame, DashboardCursorSync, FieldType } from '@grafana/data';
import { EventBusPlugin, KeyboardPlugin, TooltipPlugin2, UPlotChart, usePanelContext, useTheme2 } from '@grafana/ui';
import React, { useMemo, useRef } from 'react';
import { type Mark } from '../../frames';
import { type Trend } from '../../model/trends';
import { type Display } from '../format';
import { HOVER_ALL, timeAt } from '../plot/hover';
import { useViewContext } from '../view-context';
import { extentOfBands } from './draw-bands';
import { type Live, plotConfig } from './plot-config';
import { plotData } from './plot-data';
import { TrendTooltip } from './TrendTooltip';

interface Props {
  trend: Trend;
  marks: readonly Mark[];
  display: Display;
  color: string;
  withForecast: boolean;
  width: number;
  height: number;
}

const ROOM_FOR_AXIS_PX = 84;

/** One small plot. Its cursor and zoom are those of the dashboard. */
export function TrendPlot({ trend, marks, display, color, withForecast, width, height }: Props) {
  const theme = useTheme2();
  const { id, timeRange, timeZone, eventBus, onChangeTimeRange } = useViewContext();
  const { sync, eventsScope } = usePanelContext();
  const extent = useMemo(() => extentOfBands(trend), [trend]);
  const live = useLive({ timeRange, withForecast, trend, extent, marks, display });
  const hasAxis = height >= ROOM_FOR_AXIS_PX;
  const config = useMemo(
    () => plotConfig(live, { theme, timeZone, color, hasAxis }),
    [live, theme, timeZone, color, hasAxis]
  );
  const data = useMemo(() => plotData(trend), [trend]);
  const dashboardSync = sync?.() ?? DashboardCursorSync.Off;
  const isShared = dashboardSync !== DashboardCursorSync.Off;
  const frame = useMemo(() => (isShared ? hoverFrame(trend) : undefined), [trend, isShared]);
  return (
    <UPlotChart config={config} data={data as never} width={width} height={height}>
      <KeyboardPlugin config={config} />
      {frame !== undefined && <EventBusPlugin config={config} eventBus={eventBus} frame={frame} />}
      <TooltipPlugin2
        config={config}
        hoverMode={HOVER_ALL}
        syncMode={isShared ? dashboardSync : DashboardCursorSync.Crosshair}
        syncScope={isShared ? eventsScope : `evenkeel-${id}`}
        queryZoom={onChangeTimeRange}
        render={(u, indexes) => (
          <TrendTooltip trend={trend} marks={marks} timeMs={timeAt(u.data[0], indexes)} display={display} />
        )}
      />
    </UPlotChart>
  );
}

/** What the plot reads when it draws; the same object for as long as the plot lives. */
function useLive(now: Live): { current: Live } {
  const live = useRef(now);
  // eslint-disable-next-line react-hooks/refs -- the plot draws before effects of this component would run
  live.current = now;
  return live;
}

/** What other panels are told when the pointer is over the plot. */
function hoverFrame({ series: { timesMs, values, field } }: Trend): DataFrame {
  const time = { name: 'Time', type: FieldType.time, config: {}, values: [...timesMs] };
  return { fields: [time, { ...field, values: [...values] }], length: timesMs.length };
}
