import type { History } from '../../model/history.ts';
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

/** Why a person wants this rule to stand still, or undefined. A pause past its end does not count. */
export function pauseOf(
  ruleName: string,
  history: Pick<History, 'pauses'>,
  nowMs: number,
): string | undefined {
  for (const { rule, endsAt, reason, createdBy } of history.pauses.values()) {
    if (endsAt !== undefined && endsAt <= nowMs) continue;
    if (rule === undefined || rule === ruleName) return `paused by ${createdBy}: ${reason}`;
  }
  return undefined;
}
