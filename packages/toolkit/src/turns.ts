import { setImmediate as turn } from 'node:timers/promises';

/** How long work in steps holds up everything else at a time, if nothing else is said. */
const HOLD_MS = 5;

/** Waits, when `holdMs` have passed since it last did, until others have had their turn of the event loop. */
export type Pace = () => Promise<void>;

export function createPace(holdMs = HOLD_MS): Pace {
  let sinceMs = performance.now();
  return async () => {
    if (performance.now() - sinceMs < holdMs) return;
    await turn();
    sinceMs = performance.now();
  };
}

/** Takes all steps of a piece of work, and lets others work whenever `holdMs` have passed; gives back what the work came to. */
export async function inTurns<Result>(steps: Iterator<void, Result>, holdMs = HOLD_MS): Promise<Result> {
  let sinceMs = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - sinceMs < holdMs) continue;
    await turn();
    sinceMs = performance.now();
  }
}

/** The same for work that follows other work: others have had their turn when it begins, and once more when it has ended. */
export async function betweenTurns<Result>(steps: Iterator<void, Result>, holdMs = HOLD_MS): Promise<Result> {
  await turn();
  const result = await inTurns(steps, holdMs);
  await turn();
  return result;
}

/** Takes all steps at once. */
export function atOnce<Result>(steps: Iterator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
