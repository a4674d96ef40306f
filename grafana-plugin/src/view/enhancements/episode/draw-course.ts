import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import type uPlot from 'uplot';
import { type Course } from '../../../model/course';
import { clipped, stroke } from '../../plot/paint';

const BAND_ALPHA = 0.2;
/** Where many run together they are darker. */
const MOMENT_ALPHA = 0.3;

/** The colours of what was seen and of what was to be expected, in the plot and in its legend. */
export function courseColors({ visualization, colors }: GrafanaTheme2) {
  return {
    seen: visualization.getColorByName('blue'),
    expected: visualization.getColorByName('red'),
    window: colors.action.hover,
    sent: colors.text.secondary,
    moments: colors.text.secondary,
  };
}

/** Below the line: the window that is measured, what followed firings that were left alone, and where the signal was to be expected. */
export function drawExpected(u: uPlot, { window, level, moments }: Course, theme: GrafanaTheme2): void {
  const colors = courseColors(theme);
  clipped(u, (ctx, ratio) => {
    const { top, height } = u.bbox;
    const [left, right] = [u.valToPos(window.fromMs, 'x', true), u.valToPos(window.toMs, 'x', true)];
    ctx.fillStyle = colors.window;
    ctx.fillRect(left, top, right - left, height);
    ctx.strokeStyle = colorManipulator.alpha(colors.moments, MOMENT_ALPHA);
    ctx.lineWidth = ratio;
    for (const moment of moments) {
      traceLine(u, ctx, moment);
    }
    if (level?.band !== undefined) {
      const [bottom, upper] = level.band.map((value) => u.valToPos(value, 'y', true));
      ctx.fillStyle = colorManipulator.alpha(colors.expected, BAND_ALPHA);
      ctx.fillRect(left, upper!, right - left, bottom! - upper!);
    }
  });
}

/** Above the line: when the action was sent, and the two means that were compared. */
export function drawLevels(u: uPlot, { window, level, sentMs }: Course, theme: GrafanaTheme2): void {
  const colors = courseColors(theme);
  clipped(u, (ctx, ratio) => {
    const { top, height } = u.bbox;
    const x = (timeMs: number) => Math.round(u.valToPos(timeMs, 'x', true));
    ctx.lineWidth = ratio;
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.strokeStyle = colors.sent;
    stroke(ctx, [x(sentMs), top], [x(sentMs), top + height]);
    ctx.setLineDash([]);
    ctx.lineWidth = 2 * ratio;
    const means =
      level === undefined
        ? []
        : ([
            ['expected', level.counterfactual],
            ['seen', level.observed],
          ] as const);
    for (const [name, value] of means) {
      const y = u.valToPos(value, 'y', true);
      ctx.strokeStyle = colors[name];
      stroke(ctx, [x(window.fromMs), y], [x(window.toMs), y]);
    }
  });
}

function traceLine(u: uPlot, ctx: CanvasRenderingContext2D, { timesMs, values }: Course['moments'][number]): void {
  ctx.beginPath();
  timesMs.forEach((timeMs, index) => {
    const value = values[index] ?? null;
    if (value !== null) {
      ctx.lineTo(u.valToPos(timeMs, 'x', true), u.valToPos(value, 'y', true));
    }
  });
  ctx.stroke();
}
