import type { PlanValue } from '../model/action-request.ts';
import type { Move } from '../model/history.ts';

/** The way that a value has gone without turning back: where it began, and how far it came. */
interface Leg {
  from: PlanValue;
  to: PlanValue;
}

/** A leg is undone by going back so much of it; less is a correction. */
const UNDONE = 0.5;

/**
 * Those of the moves of one thing that undo what was done before: by another rule, by the same one, or by something that is
 * not the agent. What others set in between shows in what a move finds.
 *
 * @param moves oldest first
 */
export function turnsOf<Moved extends Pick<Move, 'from' | 'to'>>(moves: readonly Moved[]): Moved[] {
  const [first] = moves;
  if (first === undefined) return [];
  let leg: Leg = first;
  return moves.slice(1).filter(({ from, to }) => {
    const found = goOn(leg, from) ?? turnRound(leg, from);
    const further = goOn(found, to);
    leg = further ?? turnRound(found, to);
    return further === undefined;
  });
}

/** The leg with the next value, unless that undoes it. */
function goOn(leg: Leg, value: PlanValue): Leg | undefined {
  if (value === leg.to) return leg;
  if (!isNumeric(leg) || typeof value !== 'number')
    return value === leg.from ? undefined : turnRound(leg, value);
  const undone = (leg.to - value) / (leg.to - leg.from);
  if (undone < 0) return { from: leg.from, to: value };
  return undone < UNDONE ? leg : undefined;
}

function turnRound(leg: Leg, value: PlanValue): Leg {
  return { from: leg.to, to: value };
}

function isNumeric(leg: Leg): leg is { from: number; to: number } {
  return typeof leg.from === 'number' && typeof leg.to === 'number';
}
