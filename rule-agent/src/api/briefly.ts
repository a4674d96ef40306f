import type { Clock } from '@evenkeel/toolkit';

export interface BriefOptions {
  clock: Clock;
  /** How long what was read is given again. */
  keptMs: number;
  mostKept: number;
  /** More than these are not read beside each other. */
  mostAtOnce: number;
}

/**
 * Reads something by its name, and gives the same again for a while, also to those who ask while it is being read. Undefined when too much
 * is being read already. What failed is not kept.
 */
export function briefly<Found>(
  read: (name: string) => Promise<Found>,
  { clock, keptMs, mostKept, mostAtOnce }: BriefOptions,
): (name: string) => Promise<Found> | undefined {
  const kept = new Map<string, { found: Promise<Found>; atMs: number }>();
  let underWay = 0;

  const start = (name: string): Promise<Found> => {
    underWay += 1;
    const found = read(name).finally(() => (underWay -= 1));
    found.catch(() => kept.delete(name));
    kept.set(name, { found, atMs: clock.now() });
    // The oldest stands first.
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return found;
  };
  return (name) => {
    const known = kept.get(name);
    if (known !== undefined && Math.abs(clock.now() - known.atMs) < keptMs) return known.found;
    if (underWay >= mostAtOnce) return undefined;
    kept.delete(name);
    return start(name);
  };
}
