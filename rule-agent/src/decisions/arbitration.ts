import { gainsOf, outcomesOf } from '../evidence/index.ts';
import type { History } from '../model/history.ts';
import type { Match } from '../model/match.ts';

/**
 * Who is asked first: priority 1 before 2 before 3, then whose actions gain more by the evidence so far, then the rule's name, then
 * the target.
 *
 * Rules are put in order first, and then the targets of each: there are few of the one and many of the other.
 */
export function orderByUrgency(matches: readonly Match[], { outcomes }: Pick<History, 'outcomes'>): Match[] {
  let gains: ReadonlyMap<string, number> | undefined;
  const gainOf = ([{ rule }]: Matches) => {
    if (outcomesOf(rule, outcomes) === undefined) return 0;
    gains ??= gainsOf(outcomes);
    return gains.get(rule.name) ?? 0;
  };
  return ([...Map.groupBy(matches, ({ rule }) => rule.name).values()] as Matches[])
    .sort(
      (a, b) =>
        a[0].rule.priority - b[0].rule.priority ||
        gainOf(b) - gainOf(a) ||
        compareText(a[0].rule.name, b[0].rule.name),
    )
    .flatMap((ofRule) => ofRule.sort((a, b) => compareText(a.targetKey, b.targetKey)));
}

type Matches = [Match, ...Match[]];

/** By code unit, so that the order is the same under every locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
