import { type GrafanaTheme2 } from '@grafana/data';
import type uPlot from 'uplot';
import { lastSample, type Mark } from '../../frames';
import { type Threshold } from '../../model/thresholds';
import { type Trend } from '../../model/trends';
import { clipped, STRIP_PX, stroke } from '../plot/paint';

/** Lines across the plot at the thresholds in the picture: dashed for a warning, whole for critical. */
export function drawThresholds(u: uPlot, thresholds: readonly Threshold[], { colors }: GrafanaTheme2): void {
  const { min, max } = u.scales.y ?? {};
  if (typeof min !== 'number' || typeof max !== 'number') {
    return;
  }
  clipped(u, (ctx, ratio) => {
    for (const { value, severity } of thresholds) {
      if (value >= min && value <= max) {
        const y = Math.round(u.valToPos(value, 'y', true));
        ctx.strokeStyle = severity === 'critical' ? colors.error.main : colors.warning.main;
        ctx.lineWidth = ratio;
        ctx.setLineDash(severity === 'critical' ? [] : [4 * ratio, 3 * ratio]);
        stroke(ctx, [u.bbox.left, y], [u.bbox.left + u.bbox.width, y]);
      }
    }
  });
}

/** More lines than one in so many pixels would hide the data: they become short. */
const CROWDED_PX = 8;
const SHORT_PX = 6;

/** A line where something happened; a strip below the plot where it lasted: shades of many would hide the data. */
export function drawMarks(u: uPlot, marks: readonly Mark[], { colors, visualization }: GrafanaTheme2): void {
  const { min = 0, max = 0 } = u.scales.x ?? {};
  clipped(u, (ctx, ratio) => {
    ctx.setLineDash([2 * ratio, 2 * ratio]);
    ctx.lineWidth = ratio;
    const { top, height, width: plotWidth } = u.bbox;
    const isCrowded = marks.filter(({ endMs }) => endMs === undefined).length > plotWidth / (CROWDED_PX * ratio);
    const lineTop = isCrowded ? top + height - SHORT_PX * ratio : top;
    for (const { timeMs, endMs, color } of marks) {
      if (timeMs <= max! && (endMs ?? timeMs) >= min!) {
        const x = Math.round(u.valToPos(timeMs, 'x', true));
        const shade = color === undefined ? colors.text.secondary : visualization.getColorByName(color);
        ctx.strokeStyle = shade;
        if (endMs === undefined) {
          stroke(ctx, [x, lineTop], [x, top + height]);
          continue;
        }
        const width = Math.max(ratio, u.valToPos(endMs, 'x', true) - x);
        ctx.fillStyle = shade;
        ctx.fillRect(x, top + height + ratio, width, STRIP_PX * ratio);
      }
    }
  });
}

/** In the middle of a plot that has nothing to draw, as Grafana's own panels say it. */
export function drawNoData(u: uPlot, { series }: Trend, { colors, typography }: GrafanaTheme2): void {
  if (lastSample(series) !== undefined) {
    return;
  }
  clipped(u, (ctx, ratio) => {
    ctx.font = `${typography.fontSize * ratio}px ${typography.fontFamily}`;
    ctx.fillStyle = colors.text.secondary;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    const { left, top, width, height } = u.bbox;
    ctx.fillText('No data', left + width / 2, top + height / 2);
  });
}
