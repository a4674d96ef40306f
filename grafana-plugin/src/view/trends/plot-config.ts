import { colorManipulator, type Field, type GrafanaTheme2, type TimeRange } from '@grafana/data';
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
import { type Threshold } from '../../model/thresholds';
import { type Display, shortTextOf } from '../format';
import { drawMarks, drawNoData, drawThresholds } from './draw';
import { letGoByEscape } from './keyboard';
import { columnIndex } from './plot-data';
import { valueRange } from './value-range';

/** What changes from refresh to refresh while the plot stays: read when it draws. */
export interface Live {
  timeRange: TimeRange;
  withForecast: boolean;
  thresholds: readonly Threshold[];
  marks: readonly Mark[];
  field: Field;
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
const BAND_ALPHA = 0.14;
const FORECAST_ALPHA = 0.1;

/** The plot of one trend. It is made anew only when its look changes, not when data come. */
export function plotConfig(live: { current: Live }, look: PlotLook): UPlotConfigBuilder {
  const builder = new UPlotConfigBuilder(look.timeZone);
  // Without an axis at its left, the first label of the time axis would be cut.
  const left = (u: uPlot) => (look.hasAxis && typeof u.scales[Y]?.min !== 'number' ? HALF_A_TIME_PX : 0);
  builder.setPadding([6, 6, look.hasAxis ? 0 : 4, left]);
  addScales(builder, live);
  addAxes(builder, live, look);
  addBands(builder, look);
  addLines(builder, look);
  builder.addHook('drawClear', (u) => drawThresholds(u, live.current.thresholds, look.theme));
  builder.addHook('draw', (u) => {
    drawMarks(u, live.current.marks, look.theme);
    drawNoData(u, u.data[columnIndex('value')], look.theme);
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
      const { thresholds, field } = live.current;
      return valueRange(min, max, { thresholds, min: field.config.min, max: field.config.max });
    },
  });
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

function addBands(builder: UPlotConfigBuilder, { color }: PlotLook): void {
  const between = (upper: Parameters<typeof columnIndex>[0], lower: Parameters<typeof columnIndex>[0], alpha: number) =>
    builder.addBand({ series: [columnIndex(upper), columnIndex(lower)], fill: colorManipulator.alpha(color, alpha) });
  between('bandHigh', 'bandLow', BAND_ALPHA);
  between('forecastHigh', 'forecastLow', FORECAST_ALPHA);
}

function addLines(builder: UPlotConfigBuilder, { theme, color }: PlotLook): void {
  const line = {
    scaleKey: Y,
    theme,
    drawStyle: DrawStyle.Line,
    lineInterpolation: LineInterpolation.Linear,
    spanNulls: false,
  };
  const edge = { ...line, lineWidth: 0, lineColor: color, pointColor: color, showPoints: PointVisibility.Never };
  for (let index = columnIndex('bandHigh'); index < columnIndex('forecast'); index++) {
    builder.addSeries(edge);
  }
  builder.addSeries({ ...edge, lineWidth: 1.5, lineStyle: { fill: 'dash', dash: [4, 4] } });
  builder.addSeries({ ...edge, lineWidth: 1.5, showPoints: PointVisibility.Auto, pointSize: 4 });
}
