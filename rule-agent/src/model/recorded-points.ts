/** How far points may be apart: the interval at which signals are recorded, and multiples of it. */
const POINTS_MS = [60_000, 30_000, 15_000];
/** A window of fewer points says little; one of more costs more and says no more. */
const ENOUGH_POINTS = 15;

/** How far the points of the past are apart for a window: a minute, or less where it is short. */
export function pointMsFor(windowMs: number): number {
  return POINTS_MS.find((pointMs) => windowMs >= ENOUGH_POINTS * pointMs) ?? POINTS_MS.at(-1)!;
}
