import type { Judgement } from '../model/judgement.ts';
import { METHOD } from './judge.ts';
import type { InconclusiveReason } from './question.ts';

/** A verdict with its figures, or why the past could not be read this time. */
export type Measured = { ok: true; judgement: Judgement; because?: string } | { ok: false; because: string };

export function nothing(reason: InconclusiveReason, because: string): Measured {
  return { ok: true, judgement: { verdict: `inconclusive:${reason}`, method: METHOD }, because };
}
