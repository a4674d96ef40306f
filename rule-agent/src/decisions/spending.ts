import type { ActionStart } from '../model/history.ts';
import { trackKey } from '../model/history.ts';

/** When actions were started, oldest first: by anyone (messages and turns left out), by rule, and by rule on a target. */
export interface Spending {
  ofAgent: readonly number[];
  ofRule: ReadonlyMap<string, readonly number[]>;
  ofTarget: ReadonlyMap<string, readonly number[]>;
}

/** Sorts the starts once, so that each candidate's budget need not go through all of them. */
export function sumUpStarts(starts: readonly ActionStart[]): Spending {
  const inOrder = starts.toSorted((a, b) => a.atMs - b.atMs);
  return {
    ofAgent: inOrder.filter(({ message, turn }) => message !== true && turn !== true).map(({ atMs }) => atMs),
    ofRule: timesBy(inOrder, ({ rule }) => rule),
    ofTarget: timesBy(inOrder, ({ rule, targetKey }) => trackKey(rule, targetKey)),
  };
}

/** How many of the times are later than `ms`. */
export function countAfter(times: readonly number[], ms: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! > ms) high = middle;
    else low = middle + 1;
  }
  return times.length - low;
}

function timesBy(starts: readonly ActionStart[], key: (start: ActionStart) => string): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const start of starts) {
    const known = times.get(key(start));
    if (known === undefined) times.set(key(start), [start.atMs]);
    else known.push(start.atMs);
  }
  return times;
}
