import type { GuardName } from '../model/event.ts';
import { type Track, trackKey } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import { type Situation, toGuardSituation } from './decide.ts';
import { followFiring, isHeld } from './firing.ts';
import { GUARDS } from './guards/index.ts';
import type { Candidate, GuardSituation } from './guards/guard.ts';
import { newTrack } from './track-book.ts';

/** Why a rule does or does not act on a target at a moment. */
export interface Explanation {
  acts: boolean;
  /** The answer in a sentence. */
  text: string;
  firing?: { sinceMs: number; heldMs: number; held: boolean };
  episode?: string;
  /** What every guard says, in the order in which they are asked, whether or not it comes to them. */
  guards: readonly { guard: GuardName; objection?: string }[];
}

/**
 * What `decide` would make of a match, step by step, and what every guard would say.
 *
 * Pure. Claims of other rules in the same cycle are not known to it: of two that would act on one knob now, both say so.
 */
export function explainMatch(match: Match, situation: Situation): Explanation {
  const { history, nowMs, policy } = situation;
  const key = trackKey(match.rule.name, match.targetKey);
  const { rule, target, targetKey } = match;
  const track = history.tracks.get(key) ?? newTrack({ rule: rule.name, target, targetKey });
  const { firing } = followFiring({ match, track, nowMs, continuityMs: policy.continuityMs });
  const candidate = { match, track, firingStart: firing?.sinceMs ?? nowMs };
  const guards = askGuards(candidate, toGuardSituation(situation));
  const held = firing !== undefined && isHeld(firing, rule.holding, nowMs);
  const seen = firing && { sinceMs: firing.sinceMs, heldMs: nowMs - firing.sinceMs, held };
  return {
    ...answer(match, { track, held, guards, fires: firing !== undefined }),
    ...(seen !== undefined && { firing: seen }),
    ...(track.episode !== undefined && { episode: track.episode }),
    guards,
  };
}

function askGuards(candidate: Candidate, situation: GuardSituation): Explanation['guards'] {
  return GUARDS.map((guard) => {
    const objection = guard.objection(candidate, situation);
    return { guard: guard.name, ...(objection !== undefined && { objection }) };
  });
}

interface Findings {
  track: Track;
  fires: boolean;
  held: boolean;
  guards: Explanation['guards'];
}

/** The same order of questions as in `decide`. */
function answer(match: Match, findings: Findings): { acts: boolean; text: string } {
  const hindrance = hindranceOf(match, findings);
  if (hindrance !== undefined) return { acts: false, text: hindrance };
  const { mode } = match.rule;
  if (mode === 'auto') return { acts: true, text: 'it acts with the next cycle' };
  if (mode === 'approve') return { acts: true, text: 'it asks a person with the next cycle' };
  return { acts: false, text: 'it would act, but is in shadow mode' };
}

function hindranceOf({ rule, outcome, because }: Match, findings: Findings): string | undefined {
  const { track, fires, held, guards } = findings;
  if (rule.mode === 'off') return 'the rule is off';
  if (track.episode !== undefined) return `its own episode ${track.episode} is under way`;
  if (outcome === 'unknown') return `it is not known whether its condition holds: ${because}`;
  if (!fires) return 'its condition does not hold';
  if (outcome !== 'firing') return 'it fires, but its condition does not hold right now';
  if (!held) return 'its condition has not held for long enough yet';
  const objecting = guards.find(({ objection }) => objection !== undefined);
  return objecting === undefined ? undefined : `${objecting.guard}: ${objecting.objection ?? ''}`;
}
