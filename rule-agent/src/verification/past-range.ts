import type { Range } from '../prometheus/range.ts';

const DAY_MS = 86_400_000;
const LONGEST_MS = 28 * DAY_MS;
const MOST_POINTS = 40_320;
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
