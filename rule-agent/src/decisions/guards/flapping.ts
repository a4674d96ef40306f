import { formatDuration } from '@evenkeel/toolkit';
import type { Guard } from './guard.ts';

/** A condition that comes and goes by itself: an action would be credited with what happens anyway. */
export const flapping = {
  name: 'flapping',
  objection({ track }, { policy, nowMs }) {
    const { times, withinMs } = policy.flapping;
    const ended = track.firingEndsMs.filter((ms) => ms > nowMs - withinMs).length;
    if (ended < times) return undefined;
    return `the condition came and went at least ${times} times within ${formatDuration(withinMs)}`;
  },
} as const satisfies Guard;
