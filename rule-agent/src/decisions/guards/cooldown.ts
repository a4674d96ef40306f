import type { Guard } from './guard.ts';

/** The rest after an episode of this rule on this target. */
export const cooldown: Guard = {
  name: 'cooldown',
  objection({ track }, { nowMs }) {
    if (nowMs >= track.cooldownUntilMs) return undefined;
    return `cooling down until ${new Date(track.cooldownUntilMs).toISOString()}`;
  },
};
