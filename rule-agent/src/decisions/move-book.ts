import { resourceOfPlan } from '../actions/kind-of.ts';
import type { Plan } from '../model/action-request.ts';
import type { BreakerReset, Decided } from '../model/event.ts';
import type { Move } from '../model/history.ts';
import { LONGEST_OSCILLATION_MS, MOST_MOVES } from '../model/limits.ts';
import type { HistoryBook } from './history-book.ts';
import { turnsOf } from './turns.ts';

type Moves = Pick<HistoryBook, 'moves'>;

/** Notes what an action moved, where both values are known. */
export function recordMove(
  { moves }: Moves,
  decided: Decided,
  { plan, atMs }: { plan: Plan; atMs: number },
): void {
  const resource = resourceMovedBy(plan, decided);
  if (resource === undefined) return;
  const recent = (moves.get(resource) ?? []).filter((move) => isRecent(move, atMs));
  moves.set(resource, [...recent, toMove(plan, decided, atMs)].slice(-MOST_MOVES));
}

/** Whether an action that is about to start undoes what was done before it. */
export function isTurn({ moves }: Moves, decided: Decided, plan: Plan): boolean {
  const resource = resourceMovedBy(plan, decided);
  const before = resource === undefined ? undefined : moves.get(resource);
  if (before === undefined || !isRecent(before.at(-1)!, decided.at)) return false;
  const move = toMove(plan, decided, decided.at);
  return turnsOf([...before, move]).at(-1) === move;
}

/** A person gives a rule another chance on a target: what it moved there is forgotten, whoever moved it, too. */
export function forgetMovesOf({ moves }: Moves, { rule, targetKey }: BreakerReset): void {
  for (const [resource, all] of moves) {
    if (all.some((move) => move.rule === rule && move.targetKey === targetKey)) moves.delete(resource);
  }
}

/** Of what was moved for the last time so long ago that no turn back counts any more. */
export function forgetOldMoves({ moves }: Moves, nowMs: number): void {
  for (const [resource, all] of moves) if (!isRecent(all.at(-1)!, nowMs)) moves.delete(resource);
}

/** What is older than any turn that counts, and the rest after it. */
function isRecent({ atMs }: Move, nowMs: number): boolean {
  return atMs > nowMs - 2 * LONGEST_OSCILLATION_MS;
}

function resourceMovedBy(plan: Plan, { target }: Decided): string | undefined {
  const known = plan.from !== null && plan.to !== null && plan.from !== plan.to;
  return known ? resourceOfPlan(plan, target) : undefined;
}

function toMove({ from, to }: Plan, { rule, ruleVersion, targetKey }: Decided, atMs: number): Move {
  return { atMs, from, to, rule, ruleVersion, targetKey };
}
