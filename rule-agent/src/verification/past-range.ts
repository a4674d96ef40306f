import type { Range } from '../prometheus/range.ts';

const DAY_MS = 86_400_000;
const LONGEST_MS = 28 * DAY_MS;
const MOST_POINTS = 40_320;
/** How far points may be apart: the interval at which signals are recorded, and multiples of it. */
const POINTS_MS = [60_000, 30_000, 15_000];
/** A window of fewer points says little; one of more costs more and says no more. */
const ENOUGH_POINTS = 15;

/** How far the points of the past are apart for a window: a minute, or less where it is short. */
export function pointMsFor(windowMs: number): number {
  return POINTS_MS.find((pointMs) => windowMs >= ENOUGH_POINTS * pointMs) ?? POINTS_MS.at(-1)!;
}

/** What is read of the past before a moment, and of what came after it: 28 days at most, and 40,320 points. */
export function pastRange({ startedAtMs, measuredAtMs, pointMs }: MeasuredSpan): Range {
  const fromMs = startedAtMs - Math.min(LONGEST_MS, MOST_POINTS * pointMs);
  return { fromMs, toMs: measuredAtMs, stepMs: pointMs };
}

interface MeasuredSpan {
  startedAtMs: number;
  measuredAtMs: number;
  pointMs: number;
}
