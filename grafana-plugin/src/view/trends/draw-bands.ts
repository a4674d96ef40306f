import { colorManipulator } from '@grafana/data';
import type uPlot from 'uplot';
import { gapsIn } from '../../model/gaps';
import { type Trend } from '../../model/trends';
import { clipped } from '../plot/paint';

/** What lies between two lines: null where it is not known. */
interface Area {
  timesMs: readonly number[];
  low: ReadonlyArray<number | null>;
  high: ReadonlyArray<number | null>;
}

const BAND_ALPHA = 0.14;
const FORECAST_ALPHA = 0.1;

/**
 * The normal range and the interval of the forecast. They are no series of the plot: each edge would cost as much as the line
 * of the values, and has a point at every sample, where an area needs one a pixel.
 */
export function drawBands(u: uPlot, { series, band, forecast }: Trend, color: string): void {
  clipped(u, (ctx) => {
    if (band !== undefined) {
      ctx.fillStyle = colorManipulator.alpha(color, BAND_ALPHA);
      fill(u, ctx, { timesMs: series.timesMs, ...band });
    }
    if (forecast !== undefined) {
      ctx.fillStyle = colorManipulator.alpha(color, FORECAST_ALPHA);
      fill(u, ctx, forecast);
    }
  });
}

/** The least and the greatest value of both; undefined when nothing of them is known. */
export function extentOfBands({ band, forecast }: Trend): readonly [number, number] | undefined {
  let [least, greatest] = [Infinity, -Infinity];
  for (const { low, high } of [band, forecast].filter((area) => area !== undefined)) {
    for (let index = 0; index < low.length; index++) {
      least = Math.min(least, low[index] ?? Infinity);
      greatest = Math.max(greatest, high[index] ?? -Infinity);
    }
  }
  return least <= greatest ? [least, greatest] : undefined;
}

function fill(u: uPlot, ctx: CanvasRenderingContext2D, area: Area): void {
  const gaps = new Set(gapsIn(area.timesMs));
  const toPixel = pixelsOf(u);
  ctx.beginPath();
  let outline: Outline = { x: [], top: [], bottom: [] };
  for (let index = 0; index < area.timesMs.length; index++) {
    const [low, high] = [area.low[index] ?? null, area.high[index] ?? null];
    if (low === null || high === null || gaps.has(index)) {
      trace(ctx, outline);
      outline = { x: [], top: [], bottom: [] };
    }
    if (low !== null && high !== null) {
      extend(outline, toPixel.x(area.timesMs[index]!), toPixel.y(high), toPixel.y(low));
    }
  }
  trace(ctx, outline);
  ctx.fill();
}

/** An unbroken part of an area, a pixel at a time. */
interface Outline {
  x: number[];
  top: number[];
  bottom: number[];
}

function extend({ x, top, bottom }: Outline, atX: number, atTop: number, atBottom: number): void {
  const last = x.length - 1;
  if (x[last] === atX) {
    top[last] = Math.min(top[last]!, atTop);
    bottom[last] = Math.max(bottom[last]!, atBottom);
  } else {
    x.push(atX);
    top.push(atTop);
    bottom.push(atBottom);
  }
}

function trace(ctx: CanvasRenderingContext2D, { x, top, bottom }: Outline): void {
  if (x.length === 0) {
    return;
  }
  ctx.moveTo(x[0]!, top[0]!);
  for (let index = 1; index < x.length; index++) {
    ctx.lineTo(x[index]!, top[index]!);
  }
  for (let index = x.length - 1; index >= 0; index--) {
    ctx.lineTo(x[index]!, bottom[index]!);
  }
  ctx.closePath();
}

/** Pixels of the canvas for times and values; both scales are linear. */
function pixelsOf({ bbox, scales }: uPlot) {
  const [x, y] = [scales.x, scales.y].map((scale) => ({ min: scale?.min ?? 0, max: scale?.max ?? 1 }));
  const [perMs, perUnit] = [bbox.width / (x!.max - x!.min), bbox.height / (y!.max - y!.min)];
  return {
    x: (timeMs: number) => Math.round(bbox.left + (timeMs - x!.min) * perMs),
    y: (value: number) => bbox.top + (y!.max - value) * perUnit,
  };
}
