/** Nobody mistypes a name that is longer; comparing such with others would only take time. */
const LONGEST_NAME = 64;
/** Of more names than this only the first are compared. */
const MOST_CANDIDATES = 500;

/** The candidate that a person most likely meant to type, or undefined when none is near. */
export function suggest(typed: string, candidates: readonly string[]): string | undefined {
  if (typed.length > LONGEST_NAME) return undefined;
  const compared = candidates.slice(0, MOST_CANDIDATES);
  const beginning = compared.find((candidate) => typed.length >= 3 && candidate.startsWith(typed));
  if (beginning !== undefined) return beginning;
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const candidate of compared) {
    if (Math.abs(typed.length - candidate.length) >= bestDistance) continue;
    const distance = editDistance(typed, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance: inserted, deleted and replaced characters between two words. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
