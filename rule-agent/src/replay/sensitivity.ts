import { episodesUntilProof } from '../evidence/index.ts';
import type { Decided } from '../model/event.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Rule } from '../model/rule.ts';
import { measure, type ReadRange, rivalOf, type WatchedControl, watchedFrom } from '../verification/index.ts';
import type { JournalPast } from './journal-past.ts';

/** The normal quantile that a share of 0.8 lies below. */
const EIGHT_IN_TEN = 0.8416;
/** Effects whose proof is reckoned, in standard deviations of the signal. */
export const PROVEN_SIGMAS = [0.5, 1, 2];

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
      /** How many firings left alone, each with a window that is over, episodes are compared with. */
      controls: number;
      proof: readonly Proof[];
    }
  | { ok: false; because: string };

/** How many episodes it takes until 8 of 10 rules with an effect of this size are proven to help. */
export interface Proof {
  sigmas: number;
  /** The same in the unit of the signal. */
  effect: number;
  /** Absent where more than 500 would not do with these controls. */
  episodes?: number;
}

/**
 * The smallest effect that is called `improved` in 8 of 10 episodes: the bound that an error has to pass, and what the error
 * itself scatters below. As if errors were normal; the bound itself is of the comparable moments.
 */
export function smallestSeen({ minimum, moments, spread }: Judgement): number | undefined {
  if (minimum === undefined || moments?.high === undefined || spread === undefined) return undefined;
  return Math.max(minimum, moments.high - moments.mean) + EIGHT_IN_TEN * spread;
}

/** How soon effects are proven. */
export function proofOf({ sigma, spread }: { sigma: number; spread: number }, controls: number): Proof[] {
  return PROVEN_SIGMAS.map((sigmas) => {
    const effect = sigmas * sigma;
    const episodes = episodesUntilProof(effect / spread, controls);
    return { sigmas, effect, ...(episodes !== undefined && { episodes }) };
  });
}

export interface SensitivityQuestion {
  rule: Rule;
  /** What the rule decided in the replay, in the order of time. */
  decided: readonly Decided[];
  /** Nothing is known after this. */
  toMs: number;
  read: ReadRange;
  journal: JournalPast;
}

/** Judges the last decision of a replay whose window has passed as if its action had been carried out. */
export async function sensitivityOf({
  rule,
  decided,
  toMs,
  read,
  journal,
}: SensitivityQuestion): Promise<Sensitivity> {
  const over = decided.map(watchedFrom).filter(({ measuredAtMs }) => measuredAtMs <= toMs);
  const watched = over.findLast((one) => isAlone(one, journal)) ?? over.at(-1);
  if (watched === undefined) return { ok: false, because: 'no action whose window is over by --to' };
  const kept = journal.controlsOf(rule);
  const measured = await measure(watched, {
    ...{ rule, read, actions: journal.actions, controls: kept, isLastTry: true },
  });
  if (!measured.ok) return measured;
  return toSensitivity(measured, Math.max(over.length, kept.length));
}

/** Whether nothing that was really done moved what it would be judged by. */
function isAlone({ decided, ...times }: WatchedControl, { actions }: JournalPast): boolean {
  return rivalOf(decided, times, actions.touches) === undefined;
}

interface Found {
  judgement: Judgement;
  because?: string;
}

function toSensitivity({ judgement, because }: Found, controls: number): Sensitivity {
  const { moments, spread, sigma, verdict } = judgement;
  if (moments === undefined || spread === undefined || sigma === undefined) {
    return { ok: false, because: because ?? verdict };
  }
  const smallest = smallestSeen(judgement);
  return {
    ok: true,
    ...{ moments: moments.count, lowered: moments.lowered, standardError: spread },
    ...(smallest !== undefined && { smallestSeen: smallest }),
    ...{ controls, proof: proofOf({ sigma, spread }, controls) },
  };
}
