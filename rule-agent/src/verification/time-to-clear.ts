/** How long something was seen to last, and whether it ended then by itself or was seen no longer. */
export interface Lasting {
  forMs: number;
  cleared: boolean;
}

/** After which time a quarter, half and three quarters have ended; absent where so many were not seen to end. */
export interface Quartiles {
  lowerMs?: number;
  medianMs?: number;
  upperMs?: number;
}

/**
 * Quartiles of the estimate of Kaplan and Meier (1958): the first time at which no more than so many are left. What was seen no longer
 * counts for as long as it was seen.
 */
export function quartilesOf(lastings: readonly Lasting[]): Quartiles {
  const steps = survivalOf(lastings);
  const firstAt = (left: number) => steps.find(({ share }) => share <= left + ROUNDING)?.atMs;
  const [lowerMs, medianMs, upperMs] = [0.75, 0.5, 0.25].map(firstAt);
  return {
    ...(lowerMs !== undefined && { lowerMs }),
    ...(medianMs !== undefined && { medianMs }),
    ...(upperMs !== undefined && { upperMs }),
  };
}

/** Shares are products of fractions: a half may come out a hair above a half. */
const ROUNDING = 1e-12;

/** The share that lasts longer than each of the times at which one ended. */
export function survivalOf(lastings: readonly Lasting[]): { atMs: number; share: number }[] {
  const ends = new Set(lastings.filter(({ cleared }) => cleared).map(({ forMs }) => forMs));
  let share = 1;
  return [...ends]
    .sort((a, b) => a - b)
    .map((atMs) => {
      const seen = lastings.filter(({ forMs }) => forMs >= atMs);
      const ended = seen.filter(({ forMs, cleared }) => cleared && forMs === atMs).length;
      share *= 1 - ended / seen.length;
      return { atMs, share };
    });
}
