import { GUARDS, type GuardName } from './guards/index.ts';
import type { Candidate, GuardSituation } from './guards/guard.ts';

/** What a guard says; without an objection it lets the candidate act. */
export interface GuardAnswer {
  guard: GuardName;
  objection?: string;
}

export interface Objection {
  guard: GuardName;
  because: string;
}

/**
 * Asks the guards in their order, and gives the first objection.
 *
 * @param answers where somebody wants to hear all of them: what each says is added here, and all are asked. Without it the
 *   first objection is the last question, which is what ten thousand candidates a cycle can afford.
 */
export function askGuards(
  candidate: Candidate,
  situation: GuardSituation,
  answers?: GuardAnswer[],
): Objection | undefined {
  let first: Objection | undefined;
  for (const guard of GUARDS) {
    const because = guard.objection(candidate, situation);
    answers?.push({ guard: guard.name, ...(because !== undefined && { objection: because }) });
    if (because === undefined) continue;
    first ??= { guard: guard.name, because };
    if (answers === undefined) break;
  }
  return first;
}
