import type { Match } from '../model/match.ts';
import type { GuardAnswer } from './ask-guards.ts';
import { type Situation, toGuardSituation } from './decide.ts';
import { decideMatch, type Finding, type Reason } from './decide-match.ts';

/** Why a rule does or does not act on a target at a moment. */
export interface Explanation {
  acts: boolean;
  /** The answer in a sentence. */
  text: string;
  firing?: { sinceMs: number; heldMs: number; held: boolean };
  episode?: string;
  /** What every guard says, in the order in which they are asked, whether or not it comes to them. */
  guards: readonly GuardAnswer[];
}

/**
 * What `decide` makes of a match, with every guard's answer.
 *
 * Pure. Claims of other rules in the same cycle are not known to it: of two that would act on one knob now, both say so.
 */
export function explainMatch(match: Match, situation: Situation): Explanation {
  const guards: GuardAnswer[] = [];
  const { reason, firing, held } = decideMatch(match, toGuardSituation(situation), guards);
  const { nowMs } = situation;
  return {
    acts: doesAct(reason),
    text: textOf(reason, match),
    ...(firing !== undefined && {
      firing: { sinceMs: firing.sinceMs, heldMs: nowMs - firing.sinceMs, held },
    }),
    ...('episode' in reason && { episode: reason.episode }),
    guards,
  };
}

function doesAct(reason: Reason): boolean {
  return reason.kind === 'released' || (reason.kind === 'decided' && reason.mode !== 'shadow');
}

function textOf(reason: Finding['reason'], { because }: Match): string {
  switch (reason.kind) {
    case 'under_way':
      return `its own episode ${reason.episode} is under way`;
    case 'awaiting_approval':
      return `its own episode ${reason.episode} waits for a person's approval`;
    case 'unknown':
      return `it is not known whether its condition holds: ${because}`;
    case 'not_firing':
      return 'its condition does not hold';
    case 'between':
      return 'it fires, but its condition does not hold right now';
    case 'not_held':
      return 'its condition has not held for long enough yet';
    case 'objection':
      return `${reason.guard}: ${reason.because}`;
    case 'released':
      return 'it has been approved, and acts with the next cycle';
    case 'decided':
      return DECIDED[reason.mode];
  }
}

const DECIDED = {
  auto: 'it acts with the next cycle',
  approve: 'it asks a person with the next cycle',
  shadow: 'it would act, but is in shadow mode',
} as const;
