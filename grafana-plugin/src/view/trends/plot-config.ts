import { type TimeRange } from '@grafana/data';
import {
  DrawStyle,
  LineInterpolation,
  PointVisibility,
  ScaleDirection,
  ScaleOrientation,
  UPlotConfigBuilder,
} from '@grafana/ui';
import type uPlot from 'uplot';
import { type Mark } from '../../frames';
import { SHARE_AHEAD } from '../../model/forecast';
import { type Trend } from '../../model/trends';
import { type Display } from '../format';
import { addAxes, type AxesLook, Y } from '../plot/axes';
import { dotOn } from '../plot/cursor';
import { letGoByEscape } from '../plot/keyboard';
import { valueRange } from '../plot/value-range';
import { drawMarks, drawNoData, drawThresholds } from './draw';
import { drawBands } from './draw-bands';
import { columnIndex } from './plot-data';

/** What changes from refresh to refresh while the plot stays: read when it draws. */
export interface Live {
  timeRange: TimeRange;
  withForecast: boolean;
  trend: Trend;
  marks: readonly Mark[];
  /** Of the bands of the trend: see `extentOfBands`. */
  extent: readonly [number, number] | undefined;
  display: Display;
}

export interface PlotLook extends AxesLook {
  color: string;
}

const HALF_A_TIME_PX = 18;

/** The plot of one trend. It is made anew only when its look changes, not when data come. */
export function plotConfig(live: { current: Live }, look: PlotLook): UPlotConfigBuilder {
  const builder = new UPlotConfigBuilder(look.timeZone);
  // Without an axis at its left, the first label of the time axis would be cut.
  const left = (u: uPlot) => (look.hasAxis && typeof u.scales[Y]?.min !== 'number' ? HALF_A_TIME_PX : 0);
  builder.setPadding([6, 6, look.hasAxis ? 0 : 4, left]);
  addScales(builder, live);
  addAxes(builder, () => live.current.display, look);
  addLines(builder, look);
  builder.addHook('drawClear', (u) => {
    drawBands(u, live.current.trend, look.color);
    drawThresholds(u, live.current.trend.thresholds, look.theme);
  });
  builder.addHook('draw', (u) => {
    drawMarks(u, live.current.marks, look.theme);
    drawNoData(u, live.current.trend, look.theme);
  });
  builder.addHook('init', (u) => letGoByEscape(u));
  builder.setCursor({ points: { show: dotOn(columnIndex('value')) } });
  return builder;
}

/** From the range of the dashboard; with room for the forecast. */
export function timeSpan({ timeRange, withForecast }: Pick<Live, 'timeRange' | 'withForecast'>): [number, number] {
  const [from, to] = [timeRange.from.valueOf(), timeRange.to.valueOf()];
  return [from, withForecast ? to + (to - from) * SHARE_AHEAD : to];
}

function addScales(builder: UPlotConfigBuilder, live: { current: Live }): void {
  builder.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => timeSpan(live.current),
  });
  builder.addScale({
    scaleKey: Y,
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: (_u, min, max) => {
      const { trend, extent } = live.current;
      const { config } = trend.series.field;
      const [low, high] = withExtent(min, max, extent);
      return valueRange(low, high, { thresholds: trend.thresholds, min: config.min, max: config.max });
    },
  });
}

/** The values of the lines, widened to hold the bands, which are no lines. */
function withExtent(min: number | null, max: number | null, extent: Live['extent']): [number | null, number | null] {
  return extent === undefined
    ? [min, max]
    : [Math.min(min ?? Infinity, extent[0]), Math.max(max ?? -Infinity, extent[1])];
}

function addLines(builder: UPlotConfigBuilder, { theme, color }: PlotLook): void {
  const line = {
    scaleKey: Y,
    theme,
    drawStyle: DrawStyle.Line,
    lineInterpolation: LineInterpolation.Linear,
    spanNulls: false,
  };
  const common = { ...line, lineWidth: 1.5, lineColor: color, pointColor: color };
  builder.addSeries({
    ...common,
    showPoints: PointVisibility.Never,
    lineStyle: { fill: 'dash', dash: [4, 4] },
  });
  builder.addSeries({ ...common, showPoints: PointVisibility.Auto, pointSize: 4 });
}
