const DAY_MS = 86_400_000;
const SHORTEST_MS = 15_000;

/** How far apart the cycles of a replay are, up to a span of so long. */
const STEPS = [
  { spanMs: 2 * DAY_MS, stepMs: SHORTEST_MS },
  { spanMs: 45 * DAY_MS, stepMs: 60_000 },
  { spanMs: Infinity, stepMs: 300_000 },
];

/** The step of a replay that names none: fine for a day, a minute for a month. Never finer than the agent itself looks. */
export function stepFor(spanMs: number, intervalMs: number): number {
  const { stepMs } = STEPS.find((one) => spanMs <= one.spanMs)!;
  return Math.ceil(Math.max(stepMs, intervalMs) / 1000) * 1000;
}
