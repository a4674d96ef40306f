import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import type uPlot from 'uplot';
import { type Mark } from '../../frames';
import { type Threshold } from '../../model/thresholds';

/** Lines across the plot at the thresholds in the picture: dashed for a warning, whole for critical. */
export function drawThresholds(u: uPlot, thresholds: readonly Threshold[], { colors }: GrafanaTheme2): void {
  const { min = 0, max = 0 } = u.scales.y ?? {};
  clipped(u, (ctx, ratio) => {
    for (const { value, severity } of thresholds) {
      if (value >= min! && value <= max!) {
        const y = Math.round(u.valToPos(value, 'y', true));
        ctx.strokeStyle = severity === 'critical' ? colors.error.main : colors.warning.main;
        ctx.lineWidth = ratio;
        ctx.setLineDash(severity === 'critical' ? [] : [4 * ratio, 3 * ratio]);
        stroke(ctx, [u.bbox.left, y], [u.bbox.left + u.bbox.width, y]);
      }
    }
  });
}

/** A line where something happened, an area where it lasted. */
export function drawMarks(u: uPlot, marks: readonly Mark[], { colors }: GrafanaTheme2): void {
  const { min = 0, max = 0 } = u.scales.x ?? {};
  clipped(u, (ctx, ratio) => {
    ctx.setLineDash([2 * ratio, 2 * ratio]);
    ctx.lineWidth = ratio;
    for (const { timeMs, endMs } of marks) {
      if (timeMs <= max! && (endMs ?? timeMs) >= min!) {
        const x = Math.round(u.valToPos(timeMs, 'x', true));
        if (endMs !== undefined) {
          ctx.fillStyle = colorManipulator.alpha(colors.info.main, 0.12);
          ctx.fillRect(x, u.bbox.top, u.valToPos(endMs, 'x', true) - x, u.bbox.height);
        }
        ctx.strokeStyle = colors.info.main;
        stroke(ctx, [x, u.bbox.top], [x, u.bbox.top + u.bbox.height]);
      }
    }
  });
}

function clipped(u: uPlot, paint: (ctx: CanvasRenderingContext2D, ratio: number) => void): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  paint(ctx, devicePixelRatio);
  ctx.restore();
}

function stroke(ctx: CanvasRenderingContext2D, from: [number, number], to: [number, number]): void {
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
}
