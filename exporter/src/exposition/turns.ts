import { setImmediate as turn } from 'node:timers/promises';

/** How long a page may hold up everything else at a time. */
const HOLD_MS = 1;

/** Takes all steps, and lets others work whenever a millisecond has passed. */
export async function inTurns(steps: Iterable<void>): Promise<void> {
  let sinceMs = performance.now();
  for (const _step of steps) {
    if (performance.now() - sinceMs < HOLD_MS) continue;
    await turn();
    sinceMs = performance.now();
  }
}
