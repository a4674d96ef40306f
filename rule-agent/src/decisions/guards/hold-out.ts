import type { Track } from '../../model/history.ts';
import { pointMsFor } from '../../model/recorded-points.ts';
import type { Expectation } from '../../model/rule.ts';
import { drawFrom, firingKey } from '../firing-key.ts';
import type { Candidate, Guard, Policy } from './guard.ts';

/** Points that a past firing may be away from where it was seen: what is done afterwards must not reach into its window. */
const POINTS_BESIDE = 4;

/**
 * Of a rule that acts by itself some firings are left alone on purpose, drawn by their keys: without them nobody knows how it would
 * have gone. It is asked last, so that only what would be done now is left undone.
 */
export const holdOut = {
  name: 'hold_out',
  objection({ match, track, firingStart }, { policy, nowMs }) {
    const { rule, outcome } = match;
    const { holdOut: share = 0 } = rule.expect;
    if (share === 0 || rule.mode !== 'auto' || outcome !== 'firing') return undefined;
    const untilMs = heldUntilMs(track, rule.version);
    if (nowMs < untilMs) return wordsFor(share, untilMs);
    if (track.leftAlone?.firingStart === firingStart) return undefined;
    return isDrawn({ match, firingStart }, policy)
      ? wordsFor(share, nowMs + holdOutMs(rule.expect))
      : undefined;
  },
} as const satisfies Guard;

/** For how long a firing is left alone: for as long as an action is watched. */
export function holdOutMs({ settleMs, windowMs }: Expectation): number {
  return settleMs + windowMs + POINTS_BESIDE * pointMsFor(windowMs);
}

/** A change of the rule ends it. A firing that begins meanwhile is left alone, too: else what is done about it would be seen in the window. */
function heldUntilMs({ leftAlone }: Track, version: string): number {
  return leftAlone?.ruleVersion === version ? (leftAlone.untilMs ?? -Infinity) : -Infinity;
}

function isDrawn({ match, firingStart }: Pick<Candidate, 'match' | 'firingStart'>, policy: Policy): boolean {
  if (policy.holdOut !== 'drawn') return policy.holdOut === 'all';
  return drawFrom(firingKey(match, firingStart), holdOut.name) < match.rule.expect.holdOut!;
}

function wordsFor(share: number, untilMs: number): string {
  const until = new Date(untilMs).toISOString();
  return `left alone on purpose: ${inWords(share)}, until ${until}, to learn whether the action helps; a reset of the rule ends it`;
}

function inWords(share: number): string {
  const oneIn = 1 / share;
  const whole = Math.round(oneIn);
  return Math.abs(oneIn - whole) < 1e-9
    ? `1 in ${whole} firings`
    : `${Number((100 * share).toPrecision(3))} % of firings`;
}
