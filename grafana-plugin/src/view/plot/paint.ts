import type uPlot from 'uplot';

export const STRIP_PX = 3;
/** Of the plot's own margin: the strip and a line of air. */
const BELOW_PX = STRIP_PX + 1;

/** Paints within the plot and the strip below it. */
export function clipped(u: uPlot, paint: (ctx: CanvasRenderingContext2D, ratio: number) => void): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height + BELOW_PX * devicePixelRatio);
  ctx.clip();
  paint(ctx, devicePixelRatio);
  ctx.restore();
}

export function stroke(ctx: CanvasRenderingContext2D, from: [number, number], to: [number, number]): void {
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
}
