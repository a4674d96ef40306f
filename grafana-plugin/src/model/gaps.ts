const REGULAR_SHARE = 0.8;
const STEPS = 1.5;

/**
 * Between which samples there is a gap: the indexes of those after one. Prometheus leaves out what it does not have, so where
 * samples come at a regular step a longer distance is a gap; where they do not, there is none.
 */
export function gapsIn(timesMs: readonly number[]): number[] {
  let step = Infinity;
  for (let index = 1; index < timesMs.length; index++) {
    const distance = timesMs[index]! - timesMs[index - 1]!;
    if (distance > 0 && distance < step) {
      step = distance;
    }
  }
  const gaps: number[] = [];
  for (let index = 1; index < timesMs.length; index++) {
    if (timesMs[index]! - timesMs[index - 1]! > STEPS * step) {
      gaps.push(index);
    }
  }
  return gaps.length <= (1 - REGULAR_SHARE) * (timesMs.length - 1) ? gaps : [];
}
