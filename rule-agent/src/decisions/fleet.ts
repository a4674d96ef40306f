import { type History, trackKey } from '../model/history.ts';
import type { Match } from '../model/match.ts';

/** All targets of one rule, seen together. */
export interface Fleet {
  targets: number;
  /** Those on which it fires. */
  sick: number;
}

/** Counts the targets of every rule; those of which nothing is known count as targets, not as sick. */
export function countFleets(matches: readonly Match[], history: History): Map<string, Fleet> {
  const fleets = new Map<string, Fleet>();
  for (const { rule, targetKey, outcome } of matches) {
    const fleet = fleets.get(rule.name) ?? { targets: 0, sick: 0 };
    const goesOn =
      outcome === 'between' && history.tracks.get(trackKey(rule.name, targetKey))?.firing !== undefined;
    fleet.targets += 1;
    fleet.sick += Number(outcome === 'firing' || goesOn);
    fleets.set(rule.name, fleet);
  }
  return fleets;
}
