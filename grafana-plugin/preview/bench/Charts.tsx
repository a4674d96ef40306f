import {
  type DataFrame,
  DashboardCursorSync,
  dateTimeFormat,
  formattedValueToString,
  type PanelData,
} from '@grafana/data';
import { TimeSeries, TooltipPlugin2 } from '@grafana/ui';
import React, { memo } from 'react';
import { type Size } from './Ours';

interface ChartsProps {
  data: PanelData;
  trends: readonly DataFrame[][];
  columns: number;
  size: Size;
}

const LEGEND = { showLegend: false } as never;
const GAP = 12;
/** `TooltipHoverMode.xAll`, what the panel's own plots have: a constant enum that @grafana/ui does not export. */
const HOVER_ALL = 1;

/** The same signals in @grafana/ui's own TimeSeries, a chart each, on the same area. */
export function Charts({ data, trends, columns, size }: ChartsProps) {
  const rows = Math.ceil(trends.length / columns);
  const width = Math.floor((size.width - (columns - 1) * GAP) / columns);
  const height = Math.floor((size.height - (rows - 1) * GAP) / rows);
  return (
    <div style={{ display: 'grid', gridTemplateColumns: `repeat(${columns}, ${width}px)`, gap: GAP, ...size }}>
      {trends.map((frames, index) => (
        <Chart key={index} frames={frames} data={data} width={width} height={height} />
      ))}
    </div>
  );
}

interface ChartProps extends Size {
  frames: DataFrame[];
  data: PanelData;
}

const Chart = memo(function Chart({ frames, data: { timeRange }, width, height }: ChartProps) {
  return (
    <TimeSeries {...{ frames, timeRange, width, height }} structureRev={1} timeZone="utc" legend={LEGEND}>
      {(config, aligned) => (
        <TooltipPlugin2
          config={config}
          hoverMode={HOVER_ALL}
          syncMode={DashboardCursorSync.Crosshair}
          syncScope="bench"
          render={(_u, indexes) => (
            <Tooltip frame={aligned} index={indexes.find((each) => each !== null) ?? undefined} />
          )}
        />
      )}
    </TimeSeries>
  );
});

function Tooltip({ frame, index }: { frame: DataFrame; index: number | undefined }) {
  const [time, ...fields] = frame.fields;
  if (index === undefined || time === undefined) {
    return null;
  }
  return (
    <div>
      <div>{dateTimeFormat(time.values[index] as number, { timeZone: 'utc' })}</div>
      {fields.map(({ name, values, display }, column) => (
        <div key={column}>
          <span>{name}</span> <span>{display && formattedValueToString(display(values[index]))}</span>
        </div>
      ))}
    </div>
  );
}
