import type { History } from './history.ts';

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
