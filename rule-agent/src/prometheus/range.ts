import type { Labels } from '../model/target.ts';
import type { Failure } from './failure.ts';

/** A span of time, both ends included, and how far its points are apart. */
export interface Range {
  fromMs: number;
  toMs: number;
  stepMs: number;
}

/**
 * The points of a range: the multiples of its step. Caches in front of Prometheus, and VictoriaMetrics, move a range onto
 * these; so the points that come back are those that were asked for.
 */
export interface Grid {
  startMs: number;
  stepMs: number;
  points: number;
}

/** One series on a grid. */
export interface RangeSeries {
  labels: Labels;
  /** By point; NaN where there is no number that can be used. */
  values: Float64Array;
  /** What stands in the place of a number, by point: `NaN`, `+Inf`, `a histogram`. Nothing where there is nothing at all. */
  texts: ReadonlyMap<number, string>;
}

export type RangeResult = { ok: true; grid: Grid; series: readonly RangeSeries[] } | Failure;

/** @throws RangeError for a step that is no whole number of milliseconds */
export function gridOf({ fromMs, toMs, stepMs }: Range): Grid {
  if (!Number.isInteger(stepMs) || stepMs <= 0) throw new RangeError(`a step of ${stepMs} ms`);
  const first = Math.ceil(fromMs / stepMs);
  const points = Math.floor(toMs / stepMs) - first + 1;
  return { startMs: first * stepMs, stepMs, points: Math.max(0, points) };
}

/** A part of a grid: so many of its points, from one of them on. */
export function partOf({ startMs, stepMs }: Grid, first: number, points: number): Grid {
  return { startMs: startMs + first * stepMs, stepMs, points };
}

/** When the last point is. */
export function endOf({ startMs, stepMs, points }: Grid): number {
  return startMs + (points - 1) * stepMs;
}

/** What a series has at a point; undefined where it has nothing. */
export function valueAt({ values, texts }: RangeSeries, point: number): number | string | undefined {
  const value = values[point];
  return value === undefined || Number.isNaN(value) ? texts.get(point) : value;
}
