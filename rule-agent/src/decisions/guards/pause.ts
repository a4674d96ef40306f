import { pauseOf } from '../../model/pause.ts';
import type { Guard } from './guard.ts';

/** The kill switch, and pauses of everything or of this rule. */
export const pause = {
  name: 'pause',
  phase: () => 'paused',
  objection({ match }, { history, nowMs }) {
    if (history.killSwitch.engaged) return `kill switch: ${history.killSwitch.because}`;
    return pauseOf(match.rule.name, history, nowMs);
  },
} as const satisfies Guard;
