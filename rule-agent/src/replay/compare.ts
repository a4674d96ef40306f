import type { ReplayedFiring } from './firing-log.ts';

/** How the firings of two versions of a rule file differ. */
export interface ReplayDifference {
  /** Firings of the new version during which the old one did not fire on the target, and the other way round. */
  added: readonly ReplayedFiring[];
  removed: readonly ReplayedFiring[];
  /** How many of the new version overlap with one of the old. */
  kept: number;
}

/** Compares by rule, target and time: a firing that overlaps with one of the other version is the same. */
export function compareReplays(
  now: readonly ReplayedFiring[],
  before: readonly ReplayedFiring[],
): ReplayDifference {
  const added = now.filter((firing) => !overlapsAny(firing, before));
  const removed = before.filter((firing) => !overlapsAny(firing, now));
  return { added, removed, kept: now.length - added.length };
}

function overlapsAny(firing: ReplayedFiring, others: readonly ReplayedFiring[]): boolean {
  return others.some(
    (other) =>
      other.rule === firing.rule &&
      other.targetKey === firing.targetKey &&
      other.startMs <= (firing.endMs ?? Infinity) &&
      firing.startMs <= (other.endMs ?? Infinity),
  );
}
