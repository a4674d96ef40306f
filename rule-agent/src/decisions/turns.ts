import type { PlanValue } from '../model/action-request.ts';
import type { Move } from '../model/history.ts';

/** The way that a value has gone without turning back: where it began, and how far it came. */
interface Leg {
  from: number;
  to: number;
  /** The leg before, which this one goes back. */
  before?: Leg;
  isTurn: boolean;
}

/** A leg is undone by going back so much of it; less is a correction. */
const UNDONE = 0.5;
/** A correction is undone by going back so much of it, since what closes in on the right value goes back half of each. */
const CORRECTION_UNDONE = 0.75;
/** Twice a correction and more is no way back, but the way on from where the correction began. */
const WAY_ON = 2;

/**
 * Those of the moves of one thing that undo what was done before: by another rule, by the same one, or by something that is
 * not the agent. What others set in between shows in what a move finds. Of numbers each way is compared with the one right before
 * it, so that going back and forth by a little shows after a large step, too; of other values one that comes again is a turn.
 *
 * @param moves oldest first
 */
export function turnsOf<Moved extends Pick<Move, 'from' | 'to'>>(moves: readonly Moved[]): Moved[] {
  return moves.every(isOfNumbers) ? turnsOfNumbers(moves) : comeAgain(moves);
}

type OfNumbers = Record<'from' | 'to', number>;

function isOfNumbers<Moved extends Pick<Move, 'from' | 'to'>>(move: Moved): move is Moved & OfNumbers {
  return typeof move.from === 'number' && typeof move.to === 'number';
}

function comeAgain<Moved extends Pick<Move, 'from' | 'to'>>(moves: readonly Moved[]): Moved[] {
  const left = new Set<PlanValue>();
  return moves.filter(({ from, to }) => {
    left.add(from);
    return to !== from && left.has(to);
  });
}

function turnsOfNumbers<Moved extends OfNumbers>(moves: readonly Moved[]): Moved[] {
  const [first] = moves;
  if (first === undefined) return [];
  let leg: Leg = { from: first.from, to: first.to, isTurn: false };
  return moves.slice(1).filter(({ from, to }) => {
    const found = goTo(leg, from);
    leg = goTo(found, to);
    return leg !== found && leg.isTurn && !(leg.from === found.from && found.isTurn);
  });
}

/** The leg that a value is on: the same one, longer, or the next one. */
function goTo(leg: Leg, value: number): Leg {
  if (value === leg.to) return leg;
  const isOn = (value - leg.to) * (leg.to - leg.from) >= 0;
  if (!isOn) return judged({ from: leg.to, to: value, before: withoutPast(leg), isTurn: false });
  return leg.isTurn ? { ...leg, to: value } : judged({ ...leg, to: value });
}

function judged(leg: Leg): Leg {
  const { before } = leg;
  if (before === undefined) return leg;
  const undone = shareOf(before, leg);
  const isTurn = isCorrection(before) ? undone >= CORRECTION_UNDONE && undone < WAY_ON : undone >= UNDONE;
  return { ...leg, isTurn };
}

function isCorrection(leg: Leg): boolean {
  return leg.before !== undefined && !leg.isTurn && shareOf(leg.before, leg) < WAY_ON;
}

function shareOf(before: Leg, leg: Leg): number {
  return Math.abs((leg.to - leg.from) / (before.to - before.from));
}

/** Of the leg before the last one only its length counts. */
function withoutPast({ before, ...leg }: Leg): Leg {
  return before === undefined
    ? leg
    : { ...leg, before: { from: before.from, to: before.to, isTurn: before.isTurn } };
}
