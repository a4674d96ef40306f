import type { History } from '../model/history.ts';
import type { Match } from '../model/match.ts';

/**
 * Who is asked first: priority 1 before 2 before 3, then who gained more so far, then the rule's name, then the target.
 *
 * Rules are put in order first, and then the targets of each: there are few of the one and many of the other.
 */
export function orderByUrgency(matches: readonly Match[], { gains }: Pick<History, 'gains'>): Match[] {
  const gainOf = ([{ rule }]: Matches) => gains.get(rule.name)?.mean ?? 0;
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
