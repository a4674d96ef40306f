import { type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { type TimeZone } from '@grafana/schema';
import {
  AxisPlacement,
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
import { type Display, shortTextOf } from '../format';
import { drawMarks, drawNoData, drawThresholds } from './draw';
import { drawBands } from './draw-bands';
import { letGoByEscape } from './keyboard';
import { columnIndex } from './plot-data';
import { valueRange } from './value-range';

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

export interface PlotLook {
  theme: GrafanaTheme2;
  timeZone: TimeZone;
  color: string;
  hasAxis: boolean;
}

const Y = 'y';
const CURSOR_PX = 8;
const LEAST_TICK_PX = 24;
/** On high plots not more than these, whatever there is room for. */
const MOST_TICKS = 10;
const HALF_A_TIME_PX = 18;

/** The plot of one trend. It is made anew only when its look changes, not when data come. */
export function plotConfig(live: { current: Live }, look: PlotLook): UPlotConfigBuilder {
  const builder = new UPlotConfigBuilder(look.timeZone);
  // Without an axis at its left, the first label of the time axis would be cut.
  const left = (u: uPlot) => (look.hasAxis && typeof u.scales[Y]?.min !== 'number' ? HALF_A_TIME_PX : 0);
  builder.setPadding([6, 6, look.hasAxis ? 0 : 4, left]);
  addScales(builder, live);
  addAxes(builder, live, look);
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
  builder.setCursor({
    points: { show: ((_u, index) => (index === columnIndex('value') ? cursorDot() : false)) as ShowPoint },
  });
  return builder;
}

type ShowPoint = (u: uPlot, index: number) => HTMLElement;

/** Only the value has one: each takes time at every move of the pointer, in all plots. */
function cursorDot(): HTMLElement {
  const dot = document.createElement('div');
  const [size, back] = [`${CURSOR_PX}px`, `${CURSOR_PX / -2}px`];
  Object.assign(dot.style, { width: size, height: size, marginLeft: back, marginTop: back });
  return dot;
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

function addAxes(builder: UPlotConfigBuilder, live: { current: Live }, { theme, timeZone, hasAxis }: PlotLook): void {
  builder.addAxis({
    scaleKey: 'x',
    isTime: true,
    placement: AxisPlacement.Bottom,
    show: hasAxis,
    timeZone,
    theme,
    size: hasAxis ? 22 : 0,
    color: theme.colors.text.secondary,
  });
  builder.addAxis({
    scaleKey: Y,
    placement: AxisPlacement.Left,
    theme,
    space: (_u, _index, _min, _max, plotPx) => Math.max(LEAST_TICK_PX, plotPx / MOST_TICKS),
    color: theme.colors.text.secondary,
    formatValue: (value: number) => shortTextOf(live.current.display(value)),
  });
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
