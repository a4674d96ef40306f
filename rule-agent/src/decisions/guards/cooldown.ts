import type { Track } from '../../model/history.ts';
import type { Phase } from '../../model/phase.ts';
import type { Guard } from './guard.ts';

/** The rest after an episode of this rule on this target. */
export const cooldown = {
  name: 'cooldown',
  phase: resting,
  objection({ track }, { nowMs }) {
    if (nowMs >= track.cooldownUntilMs) return undefined;
    return `cooling down until ${new Date(track.cooldownUntilMs).toISOString()}`;
  },
} as const satisfies Guard;

/** A rest says why, too: an action that was reverted is not forgotten with the episode. */
export function resting({ results }: Track): Phase {
  return results.rolledBack ? 'rolled_back' : 'cooldown';
}
