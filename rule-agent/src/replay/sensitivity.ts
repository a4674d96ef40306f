import type { Decided } from '../model/event.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Rule } from '../model/rule.ts';
import { measure, NO_ACTIONS, type ReadRange, watchedFrom } from '../verification/index.ts';

/** The normal quantile that a share of 0.8 lies below. */
const EIGHT_IN_TEN = 0.8416;

/** What a verdict on an action of a rule could tell, in the unit of its signal. */
export type Sensitivity =
  | {
      ok: true;
      moments: number;
      lowered: boolean;
      /** The spread of what the signal does by itself, beside its forecast. */
      standardError: number;
      /** Absent where there are too few comparable moments to see any. */
      smallestSeen?: number;
    }
  | { ok: false; because: string };

/**
 * The smallest effect that is called `improved` in 8 of 10 episodes: the bound that an error has to pass, and what the error
 * itself scatters below. As if errors were normal; the bound itself is of the comparable moments.
 */
export function smallestSeen({ minimum, moments, spread }: Judgement): number | undefined {
  if (minimum === undefined || moments?.high === undefined || spread === undefined) return undefined;
  return Math.max(minimum, moments.high - moments.mean) + EIGHT_IN_TEN * spread;
}

export interface SensitivityQuestion {
  rule: Rule;
  /** What the rule decided in the replay, in the order of time. */
  decided: readonly Decided[];
  /** Nothing is known after this. */
  toMs: number;
  read: ReadRange;
}

/** Judges the last decision of a replay whose window has passed as if its action had been carried out. */
export async function sensitivityOf({
  rule,
  decided,
  toMs,
  read,
}: SensitivityQuestion): Promise<Sensitivity> {
  const watched = decided.map(watchedFrom).findLast(({ measuredAtMs }) => measuredAtMs <= toMs);
  if (watched === undefined) return { ok: false, because: 'no action whose window is over by --to' };
  const measured = await measure(watched, {
    ...{ rule, read, actions: NO_ACTIONS, controls: [], isLastTry: true },
  });
  return measured.ok ? toSensitivity(measured.judgement, measured.because) : measured;
}

function toSensitivity(judgement: Judgement, because = judgement.verdict as string): Sensitivity {
  const { moments, spread } = judgement;
  if (moments === undefined || spread === undefined) return { ok: false, because };
  const smallest = smallestSeen(judgement);
  return {
    ok: true,
    ...{ moments: moments.count, lowered: moments.lowered, standardError: spread },
    ...(smallest !== undefined && { smallestSeen: smallest }),
  };
}
