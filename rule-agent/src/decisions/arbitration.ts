import type { History } from '../model/history.ts';
import type { Match } from '../model/match.ts';

/** Who is asked first: priority 1 before 2 before 3, then who gained more so far, then the rule's name, then the target. */
export function orderByUrgency(matches: readonly Match[], { gains }: Pick<History, 'gains'>): Match[] {
  const gainOf = ({ rule }: Match) => gains.get(rule.name)?.mean ?? 0;
  return [...matches].sort(
    (a, b) =>
      a.rule.priority - b.rule.priority ||
      gainOf(b) - gainOf(a) ||
      compareText(a.rule.name, b.rule.name) ||
      compareText(a.targetKey, b.targetKey),
  );
}

/** By code unit, so that the order is the same under every locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
