/** Nobody mistypes a name that is longer; comparing such with others would only take time. */
const LONGEST_NAME = 64;
/** Of more names than this only the first are compared. */
const MOST_CANDIDATES = 500;

/** The candidate that a person most likely meant to type, or undefined when none is near. */
export function suggest(typed: string, candidates: readonly string[]): string | undefined {
  return nearest(typed, candidates)[0];
}

/** The candidates that a person may have meant to type: those that begin so, else those with the fewest other characters. */
export function nearest(typed: string, candidates: readonly string[]): string[] {
  if (typed.length > LONGEST_NAME) return [];
  const compared = candidates.slice(0, MOST_CANDIDATES);
  const beginnings = compared.filter((candidate) => typed.length >= 3 && candidate.startsWith(typed));
  if (beginnings.length > 0) return beginnings;
  let near: string[] = [];
  let nearestDistance = Math.max(2, Math.floor(typed.length / 3));
  for (const candidate of compared) {
    if (Math.abs(typed.length - candidate.length) > nearestDistance) continue;
    const distance = editDistance(typed, candidate);
    if (distance > nearestDistance) continue;
    near = distance < nearestDistance ? [candidate] : [...near, candidate];
    nearestDistance = distance;
  }
  return near;
}

/** `did you mean a, b or c?`, or undefined without any. */
export function didYouMean(near: readonly string[]): string | undefined {
  const last = near.at(-1);
  if (last === undefined) return undefined;
  const others = near.slice(0, -1).join(', ');
  return `did you mean ${others === '' ? last : `${others} or ${last}`}?`;
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
